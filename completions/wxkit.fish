# Completions of wxkit for fish: the program itself knows what may come next.
function __wxkit_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l out (command wxkit completions fish --tab -q -- $words 2>/dev/null)
    if test $status -eq 0
        printf '%s\n' $out
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c wxkit -e
complete -c wxkit -f -a '(__wxkit_complete)'
