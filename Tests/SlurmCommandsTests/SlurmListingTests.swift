import RunModel
import RunServices
import SlurmCommands
import Testing

@Suite struct SlurmListingTests {
    private let listing = SlurmListing(.long, mark: "\u{1f}abcd")

    private func line(_ fields: [String]) -> String { fields.map { $0 + "\u{1f}abcd" }.joined() + "\n" }

    private func job(name: String = "train", comment: String = "(null)", state: String = "RUNNING") -> [String] {
        [
            "12", "7", "3", "ana", "gpu", state, "None", "gpu[01-02]", "1795823264", "1795823267", "1795823402", "1:00",
            "2", "8", "cpu=8,mem=4G", "team", "768", "1", "1795823300", "afterok:5(unfulfilled)",
            "/home/ana", "/home/ana/slurm-12.out",
            "/home/ana/slurm-12.out", name, comment,
        ]
    }

    @Test func everyFieldIsRead() throws {
        let read = try listing.jobs(in: line(job()))
        var expected = SlurmJob(id: 12, state: SlurmState("RUNNING"))
        (expected.arrayJob, expected.arrayTask) = (7, .number(3))
        (expected.name, expected.user, expected.partition, expected.nodes) = ("train", "ana", "gpu", "gpu[01-02]")
        expected.submittedAt = Timestamp(milliseconds: 1_795_823_264_000)
        expected.startsAt = Timestamp(milliseconds: 1_795_823_267_000)
        expected.endsAt = Timestamp(milliseconds: 1_795_823_402_000)
        expected.preemptedAt = Timestamp(milliseconds: 1_795_823_300_000)
        (expected.timeLimit, expected.nodeCount, expected.coreCount) = (60, 2, 8)
        (expected.resources, expected.account, expected.restarts) = ("cpu=8,mem=4G", "team", 1)
        (expected.dependency, expected.workDirectory) = ("afterok:5(unfulfilled)", "/home/ana")
        expected.standardOutput = "/home/ana/slurm-12.out"
        expected.standardError = "/home/ana/slurm-12.out"
        #expect(read == [expected])
        #expect(read[0].key == "7_3")
        #expect(read[0].endedAt == nil, "the end of a job that runs is that of its limit")
        #expect(read[0].outputPath == "/home/ana/slurm-7_3.out")
        #expect(read[0].errorPath == nil)
    }

    @Test func namesCannotForgeFieldsOrJobs() throws {
        let evil = "a\n99\u{1f}99\u{1f}abc|RUNNING\r\nx"
        let read = try listing.jobs(in: line(job(name: evil, comment: "rw:1\n\n")) + line(job(name: "next")))
        #expect(read.map(\.name) == [evil, "next"])
        #expect(read.map(\.comment) == ["rw:1\n\n", ""])
    }

    @Test func whatIsNoListingIsNotEmpty() throws {
        #expect(try listing.jobs(in: "").isEmpty)
        for text in [line(["1", "2"]), line(job(state: "")), line(["x"] + job().dropFirst())] {
            #expect(throws: RunServiceError.self) { try listing.jobs(in: text) }
        }
    }

    @Test func theShortWordsLeaveTheRestUnknown() throws {
        let short = SlurmListing(.short, mark: "|zz")
        #expect(short.arguments[1].hasPrefix("%A|zz%F|zz%K|zz"))
        let texts = [
            "5", "5", "N/A", "root", "main", "PENDING", "JobHeldUser", "", "1795823264", "N/A", "N/A", "UNLIMITED", "1",
            "4", "(null)", "(null)", "/tmp", "wrap", "(null)",
        ]
        let read = try short.jobs(in: texts.map { $0 + "|zz" }.joined() + "\n")
        #expect(read.count == 1)
        #expect(read[0].arrayJob == nil && read[0].key == "5" && read[0].coreCount == 4)
        #expect(read[0].timeLimit == nil && read[0].startedAt == nil && read[0].reason == "JobHeldUser")
    }

    @Test func marksDiffer() {
        #expect(SlurmListing.newMark() != SlurmListing.newMark() || SlurmListing.newMark() != SlurmListing.newMark())
    }

    @Test(arguments: [
        ("0:11", 0, 11), ("3:0", 3, 0), ("768", 3, 0), ("4021", 0, 53), ("0", 0, 0), ("11", 0, 11),
    ])
    func exits(text: String, status: Int, signal: Int) {
        #expect(SlurmExit(text) == SlurmExit(status: status, signal: signal))
    }

    @Test(arguments: [
        ("1:00", 60), ("30:00", 1_800), ("1-00:00:00", 86_400), ("2:00:05", 7_205), ("1-12", 129_600), ("5", 300),
    ])
    func times(text: String, seconds: Int) { #expect(SlurmTime.seconds(text) == seconds) }

    @Test(arguments: ["UNLIMITED", "INVALID", "", "1-", "-1", "1:2:3:4", "99999999999999999999", "1-1-1"])
    func noTimes(text: String) { #expect(SlurmTime.seconds(text) == nil) }
}
