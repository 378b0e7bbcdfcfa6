import Foundation
import Glibc
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

/// Commands as they are recorded and given again.
@Suite struct RecordedCommandTests {
    private func words(_ text: String) -> [[UInt8]] { text.split(separator: " ").map { Array($0.utf8) } }

    private func changed(_ text: String, _ parameter: String, _ value: String) -> String? {
        RecordedCommand(words(text)).changing(parameter, to: value)?.words
            .map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    @Test(
        arguments: [
            ("train.py --lr 0.1 --seed 3", "lr", "train.py --lr 7 --seed 3"),
            ("train.py --lr=0.1", "lr", "train.py --lr=7"),
            ("train.py lr=0.1 optim.lr=0.2", "optim.lr", "train.py lr=0.1 optim.lr=7"),
            ("train.py +lr=0.1 ++lr=2", "lr", "train.py +lr=7 ++lr=7"),
            ("train.py -lr -0.5", "lr", "train.py -lr 7"),
            ("train.py --learning-rate 1", "learning_rate", "train.py --learning-rate 7"),
            ("train.py --batch_size=1", "batch-size", "train.py --batch_size=7"),
            ("train.py --x=a=b", "x", "train.py --x=7"),
            ("train.py --fp16 --lr 1", "fp16", nil),
            ("lr=3 train.py", "lr", nil),
            ("train.py --lrs 1 xlr=2", "lr", nil),
            ("train.py --lr", "lr", nil),
        ] as [(String, String, String?)])
    func parametersAreChangedWhereTheyStand(_ command: String, _ parameter: String, _ expected: String?) {
        #expect(changed(command, parameter, "7") == expected)
    }

    private func details(_ command: [[UInt8]], directory: String = "/", property: Bool = true) -> RunDetails {
        let moment = Timestamp(milliseconds: 0)
        var run = Run(id: RunID("r"), experimentID: ExperimentID("1"), name: "r", status: .completed, createdAt: moment)
        let recorded = RecordedCommand(command)
        if property, let value = recorded.propertyValue { run.properties.set(value, forKey: RecordedCommand.property) }
        let text = command.map { String(decoding: $0, as: UTF8.self) }
        return RunDetails(run: run, source: RunSource(command: text, directory: directory, host: "here"))
    }

    @Test func everyByteComesBack() throws {
        let plain = [Array("a b".utf8), Array("ü".utf8), []]
        #expect(RecordedCommand(plain).propertyValue == nil)
        #expect(try RecordedCommand(of: details(plain)).words == plain)
        for odd: [[UInt8]] in [
            [Array("cat".utf8), (1...255).map { UInt8($0) }], [Array("x".utf8), [], [0xFF]], [[0xC3], [0x25, 0x34]],
            [Array("a".utf8), Array("b\u{1F}c".utf8)],
        ] {
            #expect(RecordedCommand(odd).propertyValue != nil)
            #expect(try RecordedCommand(of: details(odd)).words == odd)
        }
    }

    @Test func whatIsNotWholeIsRefused() {
        let lost = details([Array("cat".utf8), [0xFF]], property: false)
        let cut = details([Array("cat".utf8), [UInt8](repeating: 0x61, count: 7_996)])
        let none = details([], directory: "/")
        let nowhere = details([Array("train.py".utf8)], directory: "")
        for details in [lost, cut, none, nowhere] {
            let error = #expect(throws: RunServiceError.self) { try RecordedCommand(of: details) }
            #expect(error?.code == .unsupported)
        }
    }

    @Test func changesOfAWorkTreeAreSeen() async throws {
        let place = try TemporaryDirectory()
        func git(_ words: String...) async throws {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments =
                ["git", "-C", place.path, "-c", "user.name=ana", "-c", "user.email=ana@example.org"] + words
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
                process.terminationHandler = { _ in ended.resume() }
                do { try process.run() } catch { ended.resume(throwing: error) }
            }
        }
        #expect(GitCheckout.hasChanges(in: place.path) == nil, "it is no repository")
        try await git("init", "-q")
        try "one\n".write(toFile: place.path + "/train.py", atomically: true, encoding: .utf8)
        #expect(GitCheckout.hasChanges(in: place.path) == false, "git does not know the file")
        try await git("add", ".")
        #expect(GitCheckout.hasChanges(in: place.path) == true)
        try await git("commit", "-q", "-m", "first")
        #expect(GitCheckout.hasChanges(in: place.path) == false)
        try "two\n".write(toFile: place.path + "/train.py", atomically: true, encoding: .utf8)
        #expect(GitCheckout.hasChanges(in: place.path) == true)
    }
}
