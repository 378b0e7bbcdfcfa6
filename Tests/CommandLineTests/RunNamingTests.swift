import RunServices
import Testing

@testable import runwatch

@Suite struct RunNamingTests {
    @Test(arguments: [
        (["python", "train.py", "--lr", "0.1"], "train.py"),
        (["/usr/bin/python3.12", "-u", "src/train.py"], "train.py"),
        (["python3", "-m", "package.train"], "package.train"), (["python", "-c", "print()"], "python"),
        (["./train", "fast"], "train"), (["bash", "run.sh"], "run.sh"), (["sh"], "sh"), (["make", "all"], "make"),
        (["torchrun", "train.py"], "train.py"),
    ])
    func runsAreNamedForTheirScript(_ command: [String], _ name: String) {
        #expect(RunNaming.run(RunSource(command: command, directory: "/", host: "h")) == name)
    }

    @Test func experimentsAreNamedForTheirDirectory() {
        #expect(RunNaming.experiment(directory: "/home/ana/cifar") == "cifar")
        #expect(RunNaming.experiment(directory: "/") == "root")
    }
}

@Suite struct KeyValueTests {
    @Test func splitsAtTheFirstEqualsSign() throws {
        let pair = try #require(KeyValue(argument: "a=b=c"))
        #expect(pair.key == "a" && pair.value == "b=c")
        let empty = try #require(KeyValue(argument: "a="))
        #expect(empty.value?.isEmpty == true)
        let keyOnly = try #require(KeyValue(argument: "worth another look"))
        #expect(keyOnly.value == nil)
        #expect(throws: (any Error).self) { try keyOnly.requireValue("--param") }
        #expect(KeyValue(argument: "=b") == nil)
    }
}
