# Completions of wxkit for elvish: the program itself knows what may come next.
use str
set edit:completion:arg-completer[wxkit] = {|@words|
    try {
        e:wxkit completions elvish --tab -q -- $@words 2>/dev/null | each {|line|
            var value about = (str:split &max=2 "\t" $line)
            edit:complex-candidate $value &display=$value' '$about
        }
    } catch {
        edit:complete-filename $words[-1]
    }
}
