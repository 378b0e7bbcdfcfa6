import ArgumentParser

/// `runwatch completion`: what a shell reads to complete command lines of this program.
struct CompletionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion", abstract: "Print a completion script for bash, zsh or fish.",
        discussion: """
            Completes subcommands, options, runs, experiments and the names of services; those of the run service are asked \
            for as you press tab. Written to where each shell looks for it:

              runwatch completion bash > ~/.local/share/bash-completion/completions/runwatch
              runwatch completion zsh > ~/.zfunc/_runwatch
              runwatch completion fish > ~/.config/fish/completions/runwatch.fish
            """)

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish
    }

    func run() throws {
        guard let shell = CompletionShell(rawValue: shell.rawValue) else { return }
        try Console.deliver(Runwatch.completionScript(for: shell))
    }
}
