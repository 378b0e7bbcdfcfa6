/// Commands that must look the same on a terminal with and without `runwatch exec`.
enum TerminalTable {
    enum Step: Sendable {
        /// Waits until the screen has this text.
        case await(String)
        /// Types it as it is.
        case type(String)
        /// Presses keys by tmux's names.
        case press(String)
        case resize(columns: Int, rows: Int)
    }

    struct Row: Sendable, CustomStringConvertible {
        let description: String
        /// For sh; its file is what the row runs.
        let script: String
        let steps: [Step]

        init(_ description: String, _ script: String, _ steps: [Step] = []) {
            self.description = description
            self.script = script
            self.steps = steps
        }
    }

    private static let loop = "echo ready; while :; do sleep 0.05; done"

    static let rows = [
        Row(
            "three terminals",
            "for i in 0 1 2; do test -t $i && echo yes $i; done; tty > /dev/null && echo named > /dev/tty"),
        Row("size", "stty size"),
        Row("modes", "stty -a"),
        Row("colours", "ls --color=auto -d / /etc"),
        Row(
            "progress",
            "for i in 1 2 3; do printf 'step %s\\r' $i; done; echo 'done  '; printf '\\033[1mbold\\033[0m\\n'"),
        Row("order", "for i in 1 2 3 4 5 6 7 8; do echo out $i; echo err $i >&2; done"),
        Row("status", "exit 7"),
        Row("an error elsewhere", "test -t 2 || echo no terminal; echo oops >&2", [.await("status")]),
        Row("a line", "echo ready; read a; echo \"got $a\"", [.await("ready"), .type("some words\n")]),
        Row(
            "a password", "stty -echo; echo password; read p < /dev/tty; stty echo; echo \"${#p} letters\"",
            [.await("password"), .type("secret\n")]),
        Row("end of input", "echo ready; cat; echo ended", [.await("ready"), .type("x\n"), .press("C-d")]),
        Row(
            "interrupt", loop,
            [.await("ready"), .press("C-c"), .await("prompt$"), .type("echo status $?\n")]),
        Row("interrupt, caught", "trap 'echo caught; exit 5' INT; \(loop)", [.await("ready"), .press("C-c")]),
        Row("quit", "ulimit -c 0; \(loop)", [.await("ready"), .press("C-\\")]),
        Row(
            "another size", "trap 'stty size; exit' WINCH; \(loop)", [.await("ready"), .resize(columns: 90, rows: 30)]),
        Row(
            "stop and go on", "trap 'echo went on; exit 6' CONT; \(loop)",
            [.await("ready"), .press("C-z"), .await("prompt$"), .type("fg\n"), .await("went on")]),
        Row(
            "keys one by one",
            "old=$(stty -g); stty -icanon -echo min 1; echo ready; dd bs=1 count=3 2>/dev/null; stty $old; echo",
            [.await("ready"), .type("abc")]),
    ]
}
