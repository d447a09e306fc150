# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_wxkit_global_optspecs
    string join \n h/help V/version p/profile= config= json q/quiet v/verbose lang= color= base= at= nonce= reveal timeout= proxy= ca-file= no-input y/yes app-id= app-secret= mch-id= key= ticket= cert= cert-password= store= hub= hub-token=
end

function __fish_wxkit_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_wxkit_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_wxkit_using_subcommand
    set -l cmd (__fish_wxkit_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c wxkit -n "__fish_wxkit_needs_command" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_needs_command" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_needs_command" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_needs_command" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_needs_command" -s V -l version -d 'Show the version'
complete -c wxkit -n "__fish_wxkit_needs_command" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_needs_command" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_needs_command" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_needs_command" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_needs_command" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_needs_command" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_needs_command" -f -a "demo" -d 'Walk the whole story on this machine: no account, no network'
complete -c wxkit -n "__fish_wxkit_needs_command" -f -a "init" -d 'Write a profile: asks, or takes everything from flags'
complete -c wxkit -n "__fish_wxkit_needs_command" -f -a "profile" -d 'Profiles'
complete -c wxkit -n "__fish_wxkit_needs_command" -f -a "token" -d 'access_token'
complete -c wxkit -n "__fish_wxkit_needs_command" -f -a "ticket" -d 'jsapi_ticket and card tickets'
complete -c wxkit -n "__fish_wxkit_needs_command" -f -a "oauth" -d 'Web authorization'
complete -c wxkit -n "__fish_wxkit_needs_command" -f -a "jssdk" -d 'JS-SDK signatures'
complete -c wxkit -n "__fish_wxkit_needs_command" -f -a "pay" -d 'WeChat Pay v2'
complete -c wxkit -n "__fish_wxkit_needs_command" -f -a "notify" -d 'Payment and refund notices'
complete -c wxkit -n "__fish_wxkit_needs_command" -f -a "explain" -d 'Explain why a signature is wrong'
complete -c wxkit -n "__fish_wxkit_needs_command" -f -a "mock" -d 'Run a local WeChat gateway'
complete -c wxkit -n "__fish_wxkit_needs_command" -f -a "errcode" -d 'Explain an error code or message of WeChat, offline'
complete -c wxkit -n "__fish_wxkit_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c wxkit -n "__fish_wxkit_needs_command" -f -a "man" -d 'Print the manual page, or write all of them'
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand demo" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l name -d 'Name of the profile, "default" by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l notify-url -d 'Where payment notices go' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l force -d 'Replace a profile of that name'
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand init" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -f -a "list" -d 'List the profiles'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -f -a "show" -d 'Show what is in force and where each value comes from'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -f -a "set" -d 'Set values of a profile'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -f -a "unset" -d 'Take values out of a profile'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -f -a "use" -d 'Make a profile the default'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -f -a "remove" -d 'Remove a profile'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove edit" -f -a "edit" -d 'Open the file of profiles in an editor'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from list" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from show" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from set" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from unset" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from use" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand profile; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -f -a "get" -d 'Get a fresh access_token; WeChat is asked only when needed'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -f -a "status" -d 'Show what the store holds'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -f -a "forget" -d 'Drop what the store holds for this app'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and not __fish_seen_subcommand_from get status forget serve" -f -a "serve" -d 'Run the token central server: one fresh token for every process and machine'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l force -d 'Fetch a new one even if the stored one is good; the old one dies'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l stable -d 'Use the stable_token interface'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from get" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from status" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from forget" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l listen -d 'Address, 127.0.0.1:7700 by default; unix:PATH makes a socket file' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l auth-file -d 'Who may ask: one client a line, "name token"' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l app -d 'Profiles to serve, with commas between; the one in force by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l ready-file -d 'Write the address into this file when ready' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l socket-mode -d 'Mode of the socket file, 600 by default, 660 with --socket-group' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l socket-group -d 'Group of the socket file: its members can connect' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l stable -d 'Use the stable_token interface: it does not retire tokens fetched elsewhere'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand token; and __fish_seen_subcommand_from serve" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and not __fish_seen_subcommand_from get" -f -a "get" -d 'Get a fresh jsapi_ticket or card ticket'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l type -d 'Kind of ticket, jsapi by default' -r -f -a "jsapi\t''
wx_card\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l force -d 'Fetch a new one even if the stored one is good; the old one dies'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand ticket; and __fish_seen_subcommand_from get" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -f -a "url" -d 'Build the authorize link'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -f -a "exchange" -d 'Change a code into the user\'s openid and token'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -f -a "refresh" -d 'Refresh the user\'s token'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -f -a "check" -d 'Check whether the user\'s token is still good'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and not __fish_seen_subcommand_from url exchange refresh check userinfo" -f -a "userinfo" -d 'Get nickname and picture; needs snsapi_userinfo'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l redirect-uri -d 'Where the code goes; its host must be registered' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l scope -d 'Silent, or with the user\'s profile; base by default' -r -f -a "base\t''
userinfo\t''
snsapi_base\t''
snsapi_userinfo\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l state -d 'Comes back unchanged; random by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l force-popup -d 'Always show the consent page'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l qr -d 'Show a QR code in the terminal'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l website -d 'Website login by QR code (qrconnect)'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from url" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from exchange" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l refresh-token -d 'The user\'s refresh_token' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from refresh" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l access-token -d 'The user\'s OAuth access_token (not the account\'s)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l openid -d 'openid of the user' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from check" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l access-token -d 'The user\'s OAuth access_token (not the account\'s)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l openid -d 'openid of the user' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l user-lang -d 'Language of the profile' -r -f -a "zh_CN\t''
zh_TW\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand oauth; and __fish_seen_subcommand_from userinfo" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -f -a "sign" -d 'Sign the values of wx.config'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and not __fish_seen_subcommand_from sign verify" -f -a "verify" -d 'Check a wx.config signature, and explain a wrong one'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l url -d 'Full URL of the page; what follows # is cut' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from sign" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l url -d 'Full URL of the page; what follows # is cut' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l nonce-str -d 'nonceStr of wx.config' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l timestamp -d 'timestamp of wx.config' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l signature -d 'The signature to check' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand jssdk; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "sign" -d 'Sign fields the pay v2 way'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "verify" -d 'Check a pay v2 signature, and explain a wrong one'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "order" -d 'Place an order that the customer then pays'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "query" -d 'Query an order'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "close" -d 'Close an unpaid order, at least 5 minutes old'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "refund" -d 'Refund a payment; needs the client certificate, repeat with the same refund number'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "refund-query" -d 'Query refunds'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "bill" -d 'Download one day\'s trades; after 10:00 the next day, within three months'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "fundflow" -d 'Download one day\'s money movements; client certificate and HMAC-SHA256 only'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "micropay" -d 'Charge a payment code; no notice comes, query when in doubt'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "reverse" -d 'Take back a code payment; client certificate, 15 s to 7 days after it'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "authcode-openid" -d 'Find the openid behind a payment code; afterwards only you can charge it'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "shorturl" -d 'Shorten the link of a native mode 1 QR code'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "report" -d 'Report how long a call took and how it ended'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "call" -d 'Call any pay v2 path, signed'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and not __fish_seen_subcommand_from sign verify order query close refund refund-query bill fundflow micropay reverse authcode-openid shorturl report call invoke" -f -a "invoke" -d 'Make the parameters that open the cashier (page, mini program, app)'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l sign-type -d 'Digest; by default what the field sign_type says, else MD5' -r -f -a "MD5\t''
HMAC-SHA256\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l xml -d 'Print the whole signed request body'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from sign" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l sign-type -d 'Digest; by default what the field sign_type says, else MD5' -r -f -a "MD5\t''
HMAC-SHA256\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l batch -d 'Check many: one payload a line, or XML documents one after the other'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l sub-appid -d 'App id of the sub-merchant (partners)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l sub-mch-id -d 'Id of the sub-merchant (partners must give it)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l device-info -d 'Device or shop number; WEB for web pages' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l sign-type -d 'Digest: MD5 (default) or HMAC-SHA256' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l body -d 'What is bought; the customer sees it on the bill' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l detail -d 'Items as JSON text; needed for item discounts' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l attach -d 'Your own data, given back in queries and notices' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l out-trade-no -d 'Your order number, 6 to 32 characters, unique in your merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l fee-type -d 'Currency; CNY by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l total-fee -d 'Total amount in fen' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l spbill-create-ip -d 'IP address of the customer, v4 or v6; MWEB needs the real one' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l time-start -d 'When the order was made, Beijing time yyyyMMddHHmmss' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l time-expire -d 'When it can no longer be paid, Beijing time, at least a minute ahead' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l goods-tag -d 'Discount tag, for coupons' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l notify-url -d 'Where the payment notice goes; public, without a query' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l trade-type -d 'JSAPI (account, mini program), NATIVE (QR code), APP or MWEB (mobile web)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l product-id -d 'Your product id; needed for NATIVE' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l limit-pay -d 'no_credit: credit cards not accepted' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l openid -d 'The payer\'s id under appid; needed for JSAPI (partners may give sub_openid)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l sub-openid -d 'The customer\'s id under sub_appid (partners)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l receipt -d 'Y: offer an electronic invoice' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l scene-info -d 'Scene as JSON text; MWEB needs h5_info in it' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l profit-sharing -d 'Whether the money will be shared: Y or N (default)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l version -d 'Version of the call; 1.0 for item discounts' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l user-type -d 'Pay only as this person: kind of document' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l user-creid -d 'Pay only as this person: document number' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l user-truename -d 'Pay only as this person: real name' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l force -d 'Send although a name looks like a slip of the pen'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from order" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l sub-appid -d 'App id of the sub-merchant (partners)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l sub-mch-id -d 'Id of the sub-merchant (partners must give it)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l transaction-id -d 'WeChat\'s order number' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l out-trade-no -d 'Your order number, 6 to 32 characters, unique in your merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l sign-type -d 'Digest: MD5 (default) or HMAC-SHA256' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l version -d 'Version of the call; 1.0 for item discounts' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l force -d 'Send although a name looks like a slip of the pen'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from query" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l sub-appid -d 'App id of the sub-merchant (partners)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l sub-mch-id -d 'Id of the sub-merchant (partners must give it)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l out-trade-no -d 'Your order number, 6 to 32 characters, unique in your merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l sign-type -d 'Digest: MD5 (default) or HMAC-SHA256' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l force -d 'Send although a name looks like a slip of the pen'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from close" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l sub-appid -d 'App id of the sub-merchant (partners)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l sub-mch-id -d 'Id of the sub-merchant (partners must give it)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l sign-type -d 'Digest: MD5 (default) or HMAC-SHA256' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l transaction-id -d 'WeChat\'s order number' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l out-trade-no -d 'Your order number, 6 to 32 characters, unique in your merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l out-refund-no -d 'Your refund number; the same number is refunded only once' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l total-fee -d 'Total amount in fen' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l refund-fee -d 'Refund in fen' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l refund-fee-type -d 'Currency, same as the payment; CNY by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l refund-desc -d 'Reason, shown to the customer' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l refund-account -d 'Pay back from unsettled funds (default) or from the balance' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l notify-url -d 'Where the refund notice goes; otherwise the address set on the platform' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l force -d 'Send although a name looks like a slip of the pen'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l sub-appid -d 'App id of the sub-merchant (partners)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l sub-mch-id -d 'Id of the sub-merchant (partners must give it)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l sign-type -d 'Digest: MD5 (default) or HMAC-SHA256' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l transaction-id -d 'WeChat\'s order number' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l out-trade-no -d 'Your order number, 6 to 32 characters, unique in your merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l out-refund-no -d 'Your refund number; the same number is refunded only once' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l refund-id -d 'WeChat\'s refund number' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l offset -d 'First refund to return, where an order has more than 20' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l force -d 'Send although a name looks like a slip of the pen'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from refund-query" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -s o -l out -d 'Write the bill into a file; - is stdout' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l sub-appid -d 'App id of the sub-merchant (partners)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l sub-mch-id -d 'Id of the sub-merchant (partners must give it)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l sign-type -d 'Digest: MD5 (default) or HMAC-SHA256' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l bill-date -d 'Day of the bill, yyyyMMdd, within three months' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l bill-type -d 'ALL (default), SUCCESS, REFUND or RECHARGE_REFUND' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l tar-type -d 'GZIP for a compressed bill; text otherwise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l force -d 'Send although a name looks like a slip of the pen'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from bill" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -s o -l out -d 'Write the bill into a file; - is stdout' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l sign-type -d 'Digest; only HMAC-SHA256 works here' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l bill-date -d 'Day of the bill, yyyyMMdd, within three months' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l account-type -d 'Account: Basic, Operation or Fees' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l tar-type -d 'GZIP for a compressed bill; text otherwise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l force -d 'Send although a name looks like a slip of the pen'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from fundflow" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l sub-appid -d 'App id of the sub-merchant (partners)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l sub-mch-id -d 'Id of the sub-merchant (partners must give it)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l device-info -d 'Device or shop number; WEB for web pages' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l sign-type -d 'Digest: MD5 (default) or HMAC-SHA256' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l body -d 'What is bought; the customer sees it on the bill' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l detail -d 'Items as JSON text; needed for item discounts' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l attach -d 'Your own data, given back in queries and notices' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l out-trade-no -d 'Your order number, 6 to 32 characters, unique in your merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l total-fee -d 'Total amount in fen' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l fee-type -d 'Currency; CNY by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l spbill-create-ip -d 'IP address of the customer, v4 or v6; MWEB needs the real one' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l goods-tag -d 'Discount tag, for coupons' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l limit-pay -d 'no_credit: credit cards not accepted' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l time-start -d 'When the order was made, Beijing time yyyyMMddHHmmss' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l time-expire -d 'When it can no longer be paid, Beijing time, at least a minute ahead' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l receipt -d 'Y: offer an electronic invoice' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l auth-code -d 'The customer\'s payment code: 18 digits, first 10 to 15, new every minute' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l scene-info -d 'The shop, as JSON text' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l profit-sharing -d 'Whether the money will be shared: Y or N (default)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l version -d 'Version of the call; 1.0 for item discounts' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l deposit -d 'Whether this is a deposit: Y or N' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l force -d 'Send although a name looks like a slip of the pen'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from micropay" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l sub-appid -d 'App id of the sub-merchant (partners)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l sub-mch-id -d 'Id of the sub-merchant (partners must give it)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l transaction-id -d 'WeChat\'s order number' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l out-trade-no -d 'Your order number, 6 to 32 characters, unique in your merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l sign-type -d 'Digest: MD5 (default) or HMAC-SHA256' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l force -d 'Send although a name looks like a slip of the pen'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from reverse" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l sub-appid -d 'App id of the sub-merchant (partners)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l sub-mch-id -d 'Id of the sub-merchant (partners must give it)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l auth-code -d 'The customer\'s payment code: 18 digits, first 10 to 15, new every minute' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l force -d 'Send although a name looks like a slip of the pen'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from authcode-openid" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l sub-appid -d 'App id of the sub-merchant (partners)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l sub-mch-id -d 'Id of the sub-merchant (partners must give it)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l long-url -d 'The weixin:// link to shorten; sign it as it stands' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l sign-type -d 'Digest: MD5 (default) or HMAC-SHA256' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l force -d 'Send although a name looks like a slip of the pen'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from shorturl" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l sub-appid -d 'App id of the sub-merchant (partners)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l sub-mch-id -d 'Id of the sub-merchant (partners must give it)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l device-info -d 'Device or shop number; WEB for web pages' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l sign-type -d 'Digest: MD5 (default) or HMAC-SHA256' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l interface-url -d 'Full URL of the call you report on' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l execute-time- -d 'How long it took, in milliseconds; the name ends with an underscore' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l return-code -d 'Whether the call was understood; says nothing about the payment' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l return-msg -d 'Why the call was not understood; OK otherwise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l result-code -d 'Result: SUCCESS or FAIL' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l err-code -d 'Error code' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l err-code-des -d 'The error in words' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l out-trade-no -d 'Your order number, 6 to 32 characters, unique in your merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l user-ip -d 'IP address of the calling machine' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l time -d 'Time of the report, yyyyMMddHHmmss' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l trades -d 'Trades of a point of sale, as a JSON array' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l force -d 'Send although a name looks like a slip of the pen'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from report" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from call" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l prepay-id -d 'prepay_id from unifiedorder' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l kind -d 'Where they are used, jsapi by default' -r -f -a "jsapi\t''
mini\t''
app\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l sign-type -d 'Digest; by default what the field sign_type says, else MD5' -r -f -a "MD5\t''
HMAC-SHA256\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand pay; and __fish_seen_subcommand_from invoke" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -f -a "make" -d 'Make a notice, signed as WeChat would'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -f -a "send" -d 'Make a notice and post it to your server'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -f -a "verify" -d 'Check the signature of a payment notice'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -f -a "decrypt" -d 'Decrypt the req_info of a refund notice'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -f -a "replay" -d 'Post captured notices again and check the replies'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -f -a "listen" -d 'Receive notices: check, decrypt, print, keep, pass on'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and not __fish_seen_subcommand_from make send verify decrypt replay listen check" -f -a "check" -d 'Examine a receiver: signatures, repeats, replies, safety'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l kind -d 'Kind of notice, payment by default' -r -f -a "payment\t''
refund\t''
native\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from make" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l to -d 'Where the notice is posted' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l kind -d 'Kind of notice, payment by default' -r -f -a "payment\t''
refund\t''
native\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from send" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from decrypt" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l to -d 'Where the notice is posted' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l concurrency -d 'How many at once, 1 by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l rate -d 'At most so many a second' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l repeat -d 'How often the whole set is sent, 1 by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l resign -d 'Sign again with the present key'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from replay" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l listen -d 'Address, 127.0.0.1:7781 by default; port 0 takes a free one' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l forward -d 'Pass every notice on to this address' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l save -d 'Keep the raw bytes in this directory' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l reply -d 'What to answer: judged (SUCCESS if it is WeChat\'s) by default; forwarded repeats the answer of --forward' -r -f -a "judged\t''
success\t''
fail\t''
error\t''
html\t''
empty\t''
slow\t''
forwarded\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l count -d 'Stop after so many notices' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l ready-file -d 'Write the address into this file when ready' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l socket-mode -d 'Mode of the socket file, 600 by default, 660 with --socket-group' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l socket-group -d 'Group of the socket file: its members can connect' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from listen" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l to -d 'Where payment notices are received' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l refund-to -d 'Where refund notices are received; as --to by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l skip -d 'Items to leave out, by their ids' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l report -d 'Write the result into files' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand notify; and __fish_seen_subcommand_from check" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l scheme -d 'Which signature it is; by default the fields tell' -r -f -a "jssdk\t''
agent-config\t''
card\t''
pay-v2\t''
pay-sign\t''
app-sign\t''
server-token\t''
msg-crypt\t''
xpay\t''
xpay-user\t''
raw-data\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l url -d 'Full URL of the page; what follows # is cut' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l nonce-str -d 'nonceStr of wx.config' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l timestamp -d 'timestamp of wx.config' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l signature -d 'The signature to check' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l sign-type -d 'Digest; by default what the field sign_type says, else MD5' -r -f -a "MD5\t''
HMAC-SHA256\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l token -d 'Token of the server configuration' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l other -d 'Try this value too: another key, ticket, url; repeatable, the value may be env:NAME or file:PATH' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l hashed -d 'The string that you hashed; it is compared character by character' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l budget -d 'Longest search in seconds, 2 by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l from -d 'Read fields from a file or stdin: XML, JSON, a query string or a curl command' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand explain" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l listen -d 'Address, 127.0.0.1:7780 by default; port 0 takes a free one' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l speed -d 'Time runs N times faster for the schedule of notices' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l seed -d 'Seed of all that is random' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l ready-file -d 'Write the address into this file when ready' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l socket-mode -d 'Mode of the socket file, 600 by default, 660 with --socket-group' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l socket-group -d 'Group of the socket file: its members can connect' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l token-life -d 'Life of an access_token, 7200 by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l fault -d 'A fault, repeatable: refund:SYSTEMERROR,count=2; GET /_mock/faults/known lists them all' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l scenario -d 'Read faults, and seed, speed, token_life, from a TOML file' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l state -d 'Keep orders, tokens and notices in this file, and go on with them after a restart; it is written every 0.2 s, so kill -9 loses the last moment' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l print-env -d 'Print environment variables to eval'
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l shop -d 'Serve a small sample shop under /shop too'
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l consent -d 'Always show the consent page to browsers (but not for snsapi_base)'
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand mock" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand errcode" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand completions" -s y -l yes -d 'Agree to move money on live hosts'
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l dir -d 'Write all pages into this directory' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -s p -l profile -d 'Profile to use' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l config -d 'Where the configuration file is' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l lang -d 'Language of the output' -r -f -a "zh\t''
en\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l color -d 'Whether to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l base -d 'Send every WeChat call to this origin (a mock)' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l at -d 'Freeze the time, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l nonce -d 'Freeze the dice, so that a run repeats to the byte' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l timeout -d 'Time limit of a call, 30 seconds by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l proxy -d 'HTTP proxy' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l ca-file -d 'Root certificates to trust in addition' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l app-id -d 'AppID of the account or mini program' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l app-secret -d 'AppSecret; env:NAME, file:PATH, - or prompt' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l mch-id -d 'Merchant id' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l key -d 'APIv2 key of the merchant; written likewise' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l ticket -d 'jsapi_ticket, or the api_ticket of cards' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l cert -d 'Client certificate: apiclient_cert.p12 or PEM' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l cert-password -d 'Certificate password, the merchant id by default' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l store -d 'Where tokens are kept: file (default), memory or redis://HOST' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l hub -d 'Ask this token central server for tokens, in place of WeChat' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l hub-token -d 'Bearer token for the hub; written like --app-secret' -r
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -s h -l help -d 'Show help'
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l json -d 'Print one JSON document on stdout'
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -s q -l quiet -d 'Print only the answer itself'
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -s v -l verbose -d 'Show what crossed the wire, secrets masked'
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l reveal -d 'Show secrets that are otherwise ***'
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -l no-input -d 'Never ask anything'
complete -c wxkit -n "__fish_wxkit_using_subcommand man" -s y -l yes -d 'Agree to move money on live hosts'
