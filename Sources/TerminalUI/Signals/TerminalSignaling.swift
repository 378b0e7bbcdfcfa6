/// How signals are written for one terminal.
package struct TerminalSignaling: Equatable, Sendable {
    /// Whether it takes sequences that name windows and make notifications, and swallows those that it does not know.
    package var understandsCommands: Bool
    /// How it takes a notification.
    package var notification: NotificationProtocol
    /// What the sequences have to be let through.
    package var wrapping: TerminalWrapping

    /// A terminal of these ways.
    package init(understandsCommands: Bool, notification: NotificationProtocol, wrapping: TerminalWrapping) {
        self.understandsCommands = understandsCommands
        self.notification = notification
        self.wrapping = wrapping
    }

    /// The ways of the terminal that the environment names.
    package init(environment: (String) -> String) {
        let name = environment("TERM")
        let family = name.prefix { $0 != "-" && $0 != "." }
        understandsCommands = Self.families.contains { family.hasPrefix($0) }
        wrapping = !environment("TMUX").isEmpty ? .tmux : !environment("STY").isEmpty ? .screen : .none
        if name == "xterm-kitty" || !environment("KITTY_WINDOW_ID").isEmpty {
            notification = .osc99
        } else if ["foot", "rxvt", "contour"].contains(String(family)) || !environment("VTE_VERSION").isEmpty {
            notification = .osc777
        } else {
            notification = .osc9
        }
    }

    /// Terminals that pass over a command they do not know, as ECMA-48 asks; a console might print it.
    private static let families = [
        "xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "wezterm", "ghostty", "konsole", "vte",
        "gnome",
        "st", "iterm", "contour", "mintty", "putty",
    ]

    /// The bytes of a signal; none where the terminal would not understand.
    ///
    /// Texts are others': what could end or begin a sequence never gets in.
    package func bytes(of signal: TerminalSignal) -> [UInt8] {
        switch signal {
        case .bell: return [Self.bell]
        case .title(let title):
            // tmux and screen take a title for their own window and pass it on.
            return understandsCommands ? command("2;" + Self.plain(title)) : []
        case .clipboard(let text): return clipboardBytes(text)
        case .notification(let title, let body):
            guard understandsCommands else { return [] }
            return parts(Self.plain(title), Self.plain(body)).flatMap { wrapped(command($0)) }
        }
    }

    /// Has the terminal keep its title, to be restored at the end; xterm's, which others took up.
    package var savingTitle: [UInt8] { understandsCommands ? Array("\u{1b}[22;2t".utf8) : [] }

    /// Brings the kept title back.
    package var restoringTitle: [UInt8] { understandsCommands ? Array("\u{1b}[23;2t".utf8) : [] }

    private static let bell: UInt8 = 0x07
    /// Characters of a text; desktops show a few lines.
    private static let longestText = 240

    private func parts(_ title: String, _ body: String) -> [String] {
        switch notification {
        case .osc9: ["9;\(title): \(body)"]
        // A semicolon ends the title.
        case .osc777: ["777;notify;\(String(title.map { $0 == ";" ? "," : $0 }));\(body)"]
        case .osc99: ["99;i=runwatch:d=0;\(title)", "99;i=runwatch:p=body;\(body)"]
        }
    }

    /// Ended by BEL, since the other end of a command would end what it is wrapped in too.
    private func command(_ text: String) -> [UInt8] { [0x1b, 0x5d] + Array(text.utf8) + [Self.bell] }

    private func wrapped(_ bytes: [UInt8]) -> [UInt8] {
        switch wrapping {
        case .none: bytes
        case .tmux: Self.passedThrough(byTmux: bytes)
        case .screen: Array("\u{1b}P".utf8) + bytes + [0x1b, 0x5c]
        }
    }

    static func passedThrough(byTmux bytes: [UInt8]) -> [UInt8] {
        Array("\u{1b}Ptmux;".utf8) + bytes.flatMap { $0 == 0x1b ? [$0, $0] : [$0] } + [0x1b, 0x5c]
    }

    private static func plain(_ text: String) -> String {
        TerminalText.sanitized(String(text.prefix(longestText)))
    }
}
