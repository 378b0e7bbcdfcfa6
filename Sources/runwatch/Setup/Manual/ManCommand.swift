import ArgumentParser

/// `runwatch man`: the manual page, made of the same definitions as `--help`.
struct ManCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "man", abstract: "Print the manual page.",
        discussion: """
            In roff, for man(1) to show or to keep:

              runwatch man > runwatch.1 && man -l runwatch.1
            """)

    func run() throws {
        guard let page = ManualPage(help: Runwatch._dumpHelp()) else {
            throw ConsoleError("The commands cannot be described; `runwatch --help` can.")
        }
        try Console.deliver(page.text)
    }
}
