import RunModel
import Testing

@testable import UserConfiguration

/// The commands, colours and mouse of a configuration file.
@Suite struct OwnCommandTests {
    @Test func commandsAreRead() throws {
        let file = try file(
            """
            mouse: true
            theme:
              colors:
                running: 39
            commands:
              gpu: ssh ${host} nvidia-smi
              slurm-cancel:
                run: scancel ${tags.job}
                help: cancel the job
                key: X
                confirm: true
                background: yes
                timeout: 30
              note:
                run: echo ${input}
                pause: false
            """)
        #expect(file.mouse == Placed(true, line: 1))
        #expect(file.colors == [ColorOfName(name: "running", color: "39", line: 4)])
        #expect(file.commands.map(\.name) == ["gpu", "slurm-cancel", "note"])
        #expect(file.commands.map(\.line) == [6, 7, 14])
        let (gpu, slurm, note) = (file.commands[0], file.commands[1], file.commands[2])
        #expect(gpu.template == (try CommandTemplate("ssh ${host} nvidia-smi")))
        #expect(!gpu.confirms && !gpu.isInBackground && gpu.pauses && gpu.key == nil && gpu.prompt == nil)
        #expect(slurm.confirms && slurm.isInBackground && slurm.timeout == 30 && slurm.help == "cancel the job")
        #expect(slurm.key == Placed("X", line: 10))
        #expect(note.prompt == "input" && !note.pauses)
    }

    @Test(arguments: [
        ("commands:\n  Gpu: x", "config.yaml:2: “Gpu” cannot name a command"),
        ("commands:\n  a b: x", "config.yaml:2: “a b” cannot name a command"),
        ("commands: x", "config.yaml:1: commands takes a name and a command"),
        ("commands:\n  a:\n    help: x", "config.yaml:2: commands.a has no command"),
        ("commands:\n  a:\n    run: x ${nope}", "config.yaml:3: commands.a.run: there is no value ${nope}"),
        ("commands:\n  a: x ${HOME}", "config.yaml:2: commands.a: there is no value ${HOME}"),
        (
            "commands:\n  a:\n    run: x\n    keys: X",
            "config.yaml:4: there is no setting of a command “keys”; did you mean key?"
        ),
        ("commands:\n  a:\n    run: x\n    confirm: perhaps", "config.yaml:4: commands.a.confirm takes true or false"),
        (
            "commands:\n  a:\n    run: x\n    timeout: 0",
            "config.yaml:4: commands.a.timeout takes seconds from 1 to 3600"
        ),
        ("commands:\n  a:\n    run: x\n    prompt: y", "config.yaml:2: commands.a asks for a text and has no ${input}"),
        ("mouse: 7", "config.yaml:1: mouse takes true or false"),
        ("theme:\n  colors: red", "config.yaml:2: theme.colors takes a name and a colour"),
        ("theme:\n  colour: red", "config.yaml:2: there is no setting “theme.colour”; did you mean theme.color"),
    ])
    func whatIsWrongIsToldWithItsLine(text: String, beginning: String) {
        let told = faults(text)
        #expect(told.count == 1 && told[0].hasPrefix(beginning), "\(told)")
    }
}
