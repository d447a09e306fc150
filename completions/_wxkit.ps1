# Completions of wxkit for PowerShell: the program itself knows what may come next.
Register-ArgumentCompleter -Native -CommandName wxkit -ScriptBlock {
    param($word, $ast, $cursor)
    $words = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() })
    # A mark behind the last word: an empty one would be lost on the way.
    $out = & wxkit completions powershell --tab -q '--' @words "$word." 2>$null
    if ($LASTEXITCODE -eq 0) {
        foreach ($line in $out) {
            $value, $about = $line -split "`t", 2
            if (-not $about) { $about = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
        }
    }
}
