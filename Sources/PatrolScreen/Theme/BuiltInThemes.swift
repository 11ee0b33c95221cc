/// The themes that the program carries in itself, so that it runs without its folder. The same texts as
/// in `themes/`, which a test holds together.
extension Theme {
    package static let standard = builtIn("dark", darkText)
    package static let light = builtIn("light", lightText)

    private static func builtIn(_ name: String, _ text: String) -> Theme {
        do throws(ThemeFaults) {
            return try Theme(name: name, parsing: text)
        } catch {
            preconditionFailure("a theme of ours has a fault in line \(error.faults[0].line)")
        }
    }

    package static let darkText = """
        # For dark terminals. See README.md beside this file.

        palette sky     = 75 cyan
        palette ink     = 255 white
        palette grey    = 246 -
        palette faint   = 242 -
        palette line    = 238 -
        palette ground  = 235 -
        palette rose    = 203 red
        palette amber   = 215 yellow
        palette straw   = 186 yellow
        palette leaf    = 114 green
        palette sage    = 108 green
        palette slate   = 110 cyan

        text            = - -
        muted           = grey -
        disabled        = faint -
        strong          = - - bold
        accent          = sky -
        border          = line -
        focused-border  = sky -
        title           = 250 -
        focused-title   = sky - bold
        header          = grey -
        bar             = 250 ground
        bar-strong      = ink ground bold
        bar-accent      = sky ground bold
        key             = sky -
        hint            = grey -
        selection       = - 237
        quiet-selection = - ground
        marked          = sky -
        critical        = rose - bold
        high            = amber -
        medium          = straw -
        low             = slate -
        clean           = sage -
        good            = leaf -
        warning         = amber -
        bad             = rose -
        flag            = rose -
        escaped         = 213 - bold
        field           = - 236
        field-focused   = ink 239
        button          = 250 236
        button-focused  = 16 sky bold
        button-danger   = 231 160 bold
        secret          = 229 - bold
        removed         = rose -
        added           = leaf -
        plot            = sky -

        """

    package static let lightText = """
        # For light terminals. See README.md beside this file.

        palette sky     = 25 blue
        palette ink     = 232 black
        palette grey    = 242 -
        palette faint   = 248 -
        palette line    = 250 -
        palette ground  = 254 -
        palette rose    = 124 red
        palette amber   = 130 red
        palette straw   = 94 magenta
        palette leaf    = 28 green
        palette sage    = 65 green
        palette slate   = 61 blue

        text            = - -
        muted           = grey -
        disabled        = faint -
        strong          = - - bold
        accent          = sky -
        border          = line -
        focused-border  = sky -
        title           = 238 -
        focused-title   = sky - bold
        header          = grey -
        bar             = 238 ground
        bar-strong      = ink ground bold
        bar-accent      = sky ground bold
        key             = sky -
        hint            = grey -
        selection       = - 252
        quiet-selection = - ground
        marked          = sky -
        critical        = rose - bold
        high            = amber -
        medium          = straw -
        low             = slate -
        clean           = sage -
        good            = leaf -
        warning         = amber -
        bad             = rose -
        flag            = rose -
        escaped         = 127 - bold
        field           = - 253
        field-focused   = ink 251
        button          = 238 253
        button-focused  = 231 sky bold
        button-danger   = 231 rose bold
        secret          = ink 230 bold
        removed         = rose -
        added           = leaf -
        plot            = sky -

        """
}
