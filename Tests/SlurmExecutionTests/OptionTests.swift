import RunServices
import SlurmExecution
import Testing

/// What a person writes for sbatch.
@Suite struct OptionTests {
    @Test(
        arguments: [
            ("", []), ("  -p gpu\t--gpus=1 \n", ["-p", "gpu", "--gpus=1"]), ("a'b c'd", ["ab cd"]),
            (#"-J "two words""#, ["-J", "two words"]),
            (#"'' """#, ["", ""]), (#"a\ b \'"#, ["a b", "'"]), (#""a\"b\\c\d""#, [#"a"b\c\d"#]),
            (#"'a\b'"#, [#"a\b"#]),
            ("$HOME *.py ~", ["$HOME", "*.py", "~"]), ("a\\\nb", ["ab"]), ("é '日本'", ["é", "日本"]),
        ] as [(String, [String])])
    func splitsAsAShell(_ line: String, _ words: [String]) throws { #expect(try ShellText.words(of: line) == words) }

    @Test(arguments: ["'", "a \"b", "end\\"]) func refusesWhatIsNotClosed(_ line: String) {
        #expect(throws: RunServiceError.self) { try ShellText.words(of: line) }
    }

    /// A shell takes what `line` makes apart into the same words.
    @Test func splitsWhatIsQuoted() throws {
        let words = ["a b", "it's", "", "-x=1", "\"q\"", "back\\slash", "new\nline", "日本"]
        #expect(try ShellText.words(of: ShellText.line(words)) == words)
    }

    @Test func takesOptionsWithTheirValues() throws {
        let options = try SbatchOptions([
            "-p", "gpu", "-N2", "--time=1:00", "--exclusive", "-H", "--mem", "-1", "-t", "5",
        ])
        #expect(options.words == ["-p", "gpu", "-N2", "--time=1:00", "--exclusive", "-H", "--mem", "-1", "-t", "5"])
        #expect(options.value("-p", "--partition") == "gpu")
        #expect(options.value("-N", "--nodes") == "2")
        #expect(options.value("-w", "--nodelist") == nil)
        #expect(try SbatchOptions(["--partition=a", "-p", "b"]).value("-p", "--partition") == "b")
    }

    @Test(arguments: [
        ["train.sh"], ["-H", "train.sh"], ["--exclusive", "train.sh"], ["-pgpu", "train.sh"], ["--time=1", "train.sh"],
        ["-p", "gpu", "train.sh"], ["--"], ["--wrap=ls"], ["--wrap", "ls"], ["-a", "0-3"], ["--array=0-3"], ["-W"],
        ["--comment=x"], ["--test-only"], ["--help"], ["-M", "other"],
    ]) func refusesWhatWouldLoseTheRun(_ words: [String]) {
        #expect(throws: RunServiceError.self) { try SbatchOptions(words) }
    }

    @Test func addsItsVariablesToALimitedEnvironment() throws {
        let own = ["RUNWATCH_SERVICE"]
        #expect(try SbatchOptions([]).export(adding: own) == nil)
        #expect(try SbatchOptions(["--export=ALL,A=1"]).export(adding: own) == "ALL,A=1,RUNWATCH_SERVICE")
        #expect(try SbatchOptions(["--export", "NONE"]).export(adding: own) == "RUNWATCH_SERVICE")
        #expect(try SbatchOptions(["--export=NIL"]).words.isEmpty)
    }

    @Test(
        arguments: [
            ("0-3", [0, 1, 2, 3]), ("0-9%2", Array(0...9)), ("7", [7]), ("1,3,5-7%10", [1, 3, 5, 6, 7]),
            ("0-15:4", [0, 4, 8, 12]), ("3,1,3", [1, 3]),
        ] as [(String, [Int])])
    func readsTasks(_ text: String, _ numbers: [Int]) throws { #expect(try TaskList(text).numbers == numbers) }

    @Test(arguments: [
        "", "a", "1-", "-1", "3-1", "0-3%", "0-3%0", "0-3%a", "1,,2", "0-9:0", "0-99999", "5:2", "0 - 3", "0-3\n",
        "99999999999999999999",
    ]) func refusesWhatIsNoListOfTasks(_ text: String) { #expect(throws: RunServiceError.self) { try TaskList(text) } }
}
