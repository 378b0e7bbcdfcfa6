import RunModel
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Values of runs in commands of the shell: whatever they are, they are data.
@Suite struct CommandTemplateTests {
    private func run(_ tag: String?, name: String = "lr 0.1") -> Run {
        Run(
            id: RunID("a1"), experimentID: ExperimentID("e"), experimentName: "sweep", name: name, status: .running,
            createdAt: Timestamp(milliseconds: 0), tags: Tags([("job", tag)]),
            params: Params([("lr", "-0.5")]),
            metrics: LatestMetrics([
                ("loss", MetricPoint(step: 1, timestamp: Timestamp(milliseconds: 0), value: .number(0.25)))
            ]))
    }

    private func filled(_ text: String, _ run: Run?) throws -> FilledCommand {
        try CommandTemplate(text).filled(with: run, .init(service: "local x", host: "gpu7", input: "it's"))
    }

    private func sentence(_ text: String, _ run: Run?) -> String {
        do {
            return try filled(text, run).shown
        } catch {
            return (error as? CommandTemplate.Fault)?.sentence ?? "\(error)"
        }
    }

    @Test func valuesComeFromTheRun() throws {
        let command = try filled(
            "echo ${id} ${name} ${experiment} ${status} ${tags.job} ${params.lr} ${metrics.loss} ${host} ${input}",
            run("77"))
        #expect(command.shown == "echo a1 'lr 0.1' sweep Running 77 -0.5 0.25 gpu7 'it'\\''s'")
        #expect(!command.script.contains("sweep"), "the program holds no value")
        #expect(
            command.environment.values.sorted() == [
                "-0.5", "0.25", "77", "Running", "a1", "gpu7", "it's", "lr 0.1", "sweep",
            ])
    }

    static let hostile = [
        "$(touch owned)", "`touch owned`", "; touch owned", "' ; touch owned ; '", "\" ; touch owned ; \"", "a\nb", "*",
        "$HOME", "\\", "'", "\"", "a' \"b\" $c `d` \\e", "&& touch owned", "| touch owned", "> owned", "#", "~", "!!",
        "a[$(touch owned)]", "\u{1b}[2J", "ü€😀", "x}", "${name}", " ", "\t",
    ]

    /// In every place where a value may stand, the shell hands it on as it is.
    @Test(arguments: hostile)
    func theShellTakesNoneForItsOwn(value: String) throws {
        for text in [
            "printf '%s' ${tags.job}", "printf %s \"${tags.job}\"", "printf %s x${tags.job}\"\"",
            "a=$(printf %s ${tags.job}); printf %s \"$a\"", "printf %s \"$(printf %s \"${tags.job}\")\"",
            "a=`printf %s ${tags.job}`; printf %s \"$a\"", "(printf %s ${tags.job})", "a=${tags.job}; printf %s \"$a\"",
        ] {
            let command = try filled(text, run(value))
            let output = try Self.shell(command)
            var expected = text.contains(" x$") ? "x" + value : value
            // What the shell's own substitution does to the ends of lines.
            if text.contains("$(") || text.contains("`") { while expected.hasSuffix("\n") { expected.removeLast() } }
            #expect(output == expected, "\(text)")
        }
    }

    /// For the shell at the other end of ssh, which reads its words again.
    @Test(arguments: hostile)
    func quotedOnceMoreItSurvivesAnotherShell(value: String) throws {
        let command = try filled("sh -c \"printf %s \"${tags.job:q}", run(value))
        #expect(try Self.shell(command) == value)
    }

    @Test func whatIsMissingIsSaid() {
        #expect(
            sentence("scancel ${tags.slurm}", run(nil)) == "“lr 0.1” has no tag slurm, which ${tags.slurm} needs.")
        #expect(sentence("scancel ${tags.job}", run(nil)).contains("has no value"))
        #expect(sentence("x ${params.p}", run("")).contains("has no parameter p"))
        #expect(sentence("x ${parent}", run("")).contains("has no parent"))
        #expect(sentence("x ${id}", nil).contains("none is selected"))
        #expect(sentence("x ${tags.job}", run("")) == "x ''", "an empty value is a value")
    }

    @Test func whatNoCommandCanBeGivenIsRefused() {
        #expect(sentence("x ${tags.job}", run("a\0b")).contains("zero byte"))
        #expect(sentence("x ${tags.job}", run(String(repeating: "x", count: 70_000))).contains("longer than 64 KiB"))
        #expect(sentence("ssh ${tags.job} ls", run("-oProxyCommand=touch owned")).contains("for an option"))
        #expect(sentence("ssh \"${tags.job}\" ls", run("-oProxyCommand=x")).contains("for an option"))
        #expect(sentence("x --job=${tags.job}", run("-1x")) == "x --job=-1x", "here it begins no word")
    }

    @Test(arguments: [
        ("echo ${nosuch}", "there is no value ${nosuch}"), ("echo ${", "has no “}”"),
        ("echo '${name}'", "single quotes"),
        ("echo $(( ${params.lr} + 1 ))", "for a formula"), ("[[ ${params.lr} -gt 1 ]]", "for a formula"),
        ("${tags.job} --help", "must not choose what is run"), ("true; ${tags.job}", "must not choose what is run"),
        ("true | \"${tags.job}\"", "must not choose what is run"), ("x $(${tags.job})", "must not choose what is run"),
        ("echo ${tags.}", "there is no value"), ("a\0b", "zero byte"),
    ])
    func wrongCommandsAreRefusedWhenTheyAreRead(text: String, part: String) {
        #expect(throws: CommandTemplate.Fault.self) { try CommandTemplate(text) }
        #expect(sentence(text, run("1")).contains(part), "\(sentence(text, run("1")))")
    }

    @Test func theShellsOwnVariablesStay() throws {
        let command = try filled("printf '%s %s %s' \"$HOME\" \\${x} $${y:-z}", nil)
        #expect(command.script == "printf '%s %s %s' \"$HOME\" \\${x} ${y:-z}")
        #expect(!(try CommandTemplate("nvidia-smi").needsRun))
        #expect(!(try CommandTemplate("x ${input} ${service}").needsRun))
        #expect(try CommandTemplate("awk '{print $1} ${no}' ${id}").needsRun)
    }

    /// The output of the shell for a command, without a file that it should not make.
    private static func shell(_ command: FilledCommand) throws -> String {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        var words: [UnsafeMutablePointer<CChar>?] =
            (["sh", "-c", command.script] as [String]).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] =
            (command.environment.map { "\($0.key)=\($0.value)" } + ["PATH=/usr/bin:/bin"] as [String]).map {
                strdup($0)
            } + [nil]
        defer { for text in words + variables { free(text) } }
        var pid: pid_t = 0
        try #require(posix_spawn(&pid, "/bin/sh", &actions, nil, &words, &variables) == 0)
        close(ends[1])
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while case let count = read(ends[0], &buffer, buffer.count), count > 0 { bytes += buffer.prefix(count) }
        close(ends[0])
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        #expect(status == 0)
        #expect(access("owned", F_OK) != 0, "a value was run")
        return String(decoding: bytes, as: UTF8.self)
    }
}
