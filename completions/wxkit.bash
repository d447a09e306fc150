# Completions of wxkit for bash: the program itself knows what may come next.
_wxkit() {
    local IFS=$'\n' out
    if out=$("$1" completions bash --tab -q -- "${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null); then
        COMPREPLY=($out)
        # A name, a `=` or a `:` goes on.
        [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=:/] ]] && compopt -o nospace
    else
        COMPREPLY=()
        compopt -o default
    fi
    return 0
}
complete -F _wxkit wxkit
