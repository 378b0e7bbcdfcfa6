import Glibc
import NcursesBackend
import RunServices
import UserConfiguration

/// What the dashboard would find of a terminal.
enum TerminalExamination {
    @MainActor static func findings(_ settings: ScreenSettings?) -> [Finding] {
        let description = TerminalDescription.read()
        let name = Environment.value("TERM").map { Shown.text($0) } ?? "unset"
        var problem: String?
        if !description.isKnown {
            problem = "TERM is \(name), which nothing here describes; install ncurses-term, or set TERM=xterm-256color."
        } else if !description.isUsable {
            problem =
                "TERM is \(name), a terminal that cannot move its cursor; set TERM=xterm-256color for the dashboard."
        }
        let isTerminal = isatty(STDOUT_FILENO) == 1
        // In a pipe or under cron the terminal does not matter.
        if !isTerminal && isatty(STDIN_FILENO) == 0 { problem = nil }
        return [
            Finding(.terminal, "TERM", name, problem: problem),
            Finding(.terminal, "output", isTerminal ? "a terminal\(size)" : "no terminal"),
            Finding(.terminal, "colours", colors(description, settings)),
            Finding(.terminal, "locale", locale + (description.isUTF8 ? ", UTF-8" : ", no UTF-8: drawn with ASCII")),
            Finding(.terminal, "inside", surroundings),
        ]
    }

    private static var size: String {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return "" }
        return " of \(size.ws_col) by \(size.ws_row)"
    }

    private static func colors(_ description: TerminalDescription, _ settings: ScreenSettings?) -> String {
        var text = "\(description.colors)"
        if let color = Environment.value("COLORTERM") { text += ", COLORTERM is \(Shown.text(color))" }
        if Environment.value("NO_COLOR") != nil { return text + ", not used: NO_COLOR is set" }
        if settings?.color.value == .never { return text + ", not used: the configuration says never" }
        return text
    }

    private static var locale: String {
        for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
            if let value = Environment.value(name) { return "\(name)=\(Shown.text(value))" }
        }
        return "none set"
    }

    private static var surroundings: String {
        var all: [String] = []
        if Environment.value("TMUX") != nil { all.append("tmux") }
        if Environment.value("STY") != nil { all.append("screen") }
        if Environment.value("SSH_CONNECTION") != nil || Environment.value("SSH_TTY") != nil { all.append("ssh") }
        if Environment.value("RUNWATCH_RUN_ID") != nil { all.append("a run of `runwatch exec`") }
        if let job = Environment.value("SLURM_JOB_ID") { all.append("Slurm job \(Shown.text(job))") }
        if access("/.dockerenv", F_OK) == 0 || access("/run/.containerenv", F_OK) == 0 { all.append("a container") }
        return all.isEmpty ? "nothing" : all.joined(separator: ", ")
    }
}
