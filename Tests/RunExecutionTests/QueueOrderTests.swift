import RunModel
import RunServices
import Testing

@testable import RunExecution

/// Whose turn it is, without files or processes.
@Suite struct QueueOrderTests {
    private static func member(
        _ id: String, in queue: String = "q", rank: Int64, slots: Int = 1, gpus: Int = 0, visible: [Int] = [],
        has: [Int]? = nil, joined: Int64? = nil, _ condition: QueueEntry.Condition = .supervised
    ) -> QueueOrder.Member {
        var place = QueuePlace(
            id: id, queue: queue, run: RunID(id), runName: id, experimentName: "tests", service: "/store",
            demand: QueueDemand(slots: slots, gpus: gpus), visibleGPUs: visible,
            supervisor: ProcessStamp(pid: 7, startTicks: 1, bootID: "boot"),
            joinedAt: Timestamp(milliseconds: joined ?? rank), rank: rank)
        if let has { (place.grantedAt, place.gpus) = (Timestamp(milliseconds: 1), has) }
        return QueueOrder.Member(place: place, condition: condition)
    }

    @Test func slotsAreGivenInOrder() {
        let line = (1...4).map { Self.member("\($0)", rank: Int64($0)) }
        #expect(QueueOrder(line).grants() == ["1": []])
        #expect(Set(QueueOrder(line, capacities: ["q": 3]).grants().keys) == ["1", "2", "3"])
        #expect(QueueOrder(line, capacities: ["q": 0]).grants().isEmpty)
        let taken = line + [Self.member("0", rank: 0, has: [])]
        #expect(QueueOrder(taken).grants().isEmpty)
        #expect(Set(QueueOrder(taken, capacities: ["q": 2]).grants().keys) == ["1"])
    }

    @Test func whoTakesMuchIsNotOvertaken() {
        let members = [
            Self.member("holder", rank: 1, slots: 2, has: []), Self.member("large", rank: 2, slots: 3),
            Self.member("small", rank: 3),
        ]
        let order = QueueOrder(members, capacities: ["q": 3])
        #expect(order.grants().isEmpty, "a slot is free, and the small one is not first")
        #expect(order.reason(for: "large") == "next, for 3 slots")
        #expect(order.reason(for: "small", isAlone: true) == "behind 1 run in queue q")
    }

    @Test(arguments: [QueueEntry.Condition.stopped, .gone]) func whoCannotStartKeepsNobodyWaiting(
        _ condition: QueueEntry.Condition
    ) {
        let order = QueueOrder([Self.member("first", rank: 1, condition), Self.member("second", rank: 2)])
        #expect(order.grants() == ["second": []])
        #expect(order.reason(for: "second") == "next")
    }

    @Test func whatCanNeverStartIsPassedOver() {
        let order = QueueOrder([
            Self.member("large", rank: 1, slots: 5), Self.member("gpus", rank: 2, slots: 0, gpus: 3, visible: [0, 1]),
            Self.member("small", rank: 3),
        ])
        #expect(order.grants() == ["small": []])
        #expect(order.reason(for: "large") == "takes 5 of 1 slot")
        #expect(order.reason(for: "gpus") == "takes 3 GPUs, can get 2")
    }

    @Test func aLivingCommandKeepsItsShare() {
        let waiting = Self.member("next", rank: 2)
        #expect(QueueOrder([Self.member("a", rank: 1, has: [], .orphaned), waiting]).grants().isEmpty)
        #expect(QueueOrder([Self.member("a", rank: 1, has: [], .leftBehind), waiting]).grants().isEmpty)
        #expect(QueueOrder([Self.member("a", rank: 1, has: [], .gone), waiting]).grants() == ["next": []])
        #expect(QueueOrder([Self.member("a", rank: 1, has: [], .orphaned)]).hasSilentHolder, "it may hold no lock")
        #expect(!QueueOrder([Self.member("a", rank: 1, has: []), waiting]).hasSilentHolder)
    }

    @Test func eachGPUHasOneRunWhateverTheQueue() {
        let all = [0, 1, 2, 3]
        let members = [
            Self.member("a", in: "one", rank: 1, slots: 0, gpus: 2, visible: all, has: [1, 3]),
            Self.member("b", in: "one", rank: 2, slots: 0, gpus: 1, visible: all),
            Self.member("c", in: "two", rank: 1, slots: 0, gpus: 1, visible: all, joined: 9),
            Self.member("d", in: "two", rank: 2, slots: 0, gpus: 1, visible: all, joined: 10),
        ]
        #expect(QueueOrder(members).grants() == ["b": [0], "c": [2]])
        let narrow = Self.member("b", in: "one", rank: 2, slots: 0, gpus: 1, visible: [2, 3])
        #expect(QueueOrder([members[0], narrow]).grants() == ["b": [2]])
    }

    /// Or small runs of one queue would keep a large one of another waiting for ever.
    @Test func whoWaitsForGPUsKeepsThemFromLaterQueues() {
        let all = [0, 1, 2, 3]
        let members = [
            Self.member("running", in: "b", rank: 1, slots: 0, gpus: 1, visible: all, has: [0]),
            Self.member("large", in: "a", rank: 1, slots: 0, gpus: 4, visible: all, joined: 5),
            Self.member("small", in: "b", rank: 2, slots: 0, gpus: 1, visible: all, joined: 6),
            Self.member("plain", in: "b", rank: 3, joined: 7),
        ]
        #expect(QueueOrder(members).grants().isEmpty)
        let earlier = Self.member("small", in: "b", rank: 2, slots: 0, gpus: 1, visible: all, joined: 4)
        #expect(QueueOrder([members[0], members[1], earlier]).grants() == ["small": [1]])
    }

    @Test(arguments: [
        (-1, ["a", "c", "b", "d"]), (1, ["a", "b", "d", "c"]), (-100, ["c", "a", "b", "d"]),
        (100, ["a", "b", "d", "c"]), (0, ["a", "b", "c", "d"]), (.min, ["c", "a", "b", "d"]),
        (.max, ["a", "b", "d", "c"]),
    ])
    func movingChangesTheOrderAndNothingElse(_ distance: Int, _ expected: [String]) throws {
        // Two of them alike, as after a clock's jump.
        let ranks: [Int64] = [1, 5, 5, 9]
        var members = zip(["a", "b", "c", "d"], ranks).map { Self.member($0, rank: $1, joined: 3) }
        members.append(Self.member("other", in: "p", rank: 4))
        members.append(Self.member("holder", rank: 2, has: []))
        let moves = try #require(QueueOrder(members).moving("c", by: distance))
        for (id, rank) in moves {
            let index = try #require(members.firstIndex { $0.place.id == id })
            members[index].place.rank = rank
        }
        #expect(QueueOrder(members).line(of: "q").map(\.place.id) == expected)
        #expect(!moves.contains { ["other", "holder"].contains($0.id) })
        #expect(QueueOrder(members).moving("holder", by: 1) == nil)
        #expect(QueueOrder(members).moving("nobody", by: 1) == nil)
    }

    @Test func recordsComeBackAsTheyWere() throws {
        var place = Self.member("x", rank: -3, slots: 2, gpus: 2, visible: [0, 2], has: [2, 0]).place
        place.runName = "lr=0.1 \u{1b}[2J a\nb"
        place.command = ProcessStamp(pid: 12, startTicks: 5, bootID: "b c")
        #expect(QueuePlace(text: place.text, id: "x") == place)
        let moved = place.text + QueuePlace.field(rank: 8) + "\0" + "rank=9"
        #expect(QueuePlace(text: moved, id: "x")?.rank == 8, "a field that was not written to its end is none")
        var long = place
        long.runName = String(repeating: "n", count: 1 << 20) + "\0rank=77"
        let read = try #require(QueuePlace(text: long.text, id: "x"))
        #expect(long.text.utf8.count < 8_192 && read.rank == place.rank)
        for odd in [
            "", "\0", "runwatch-queue=1\0", place.text.replacing("slots=2", with: "slots=-2"),
            place.text.replacing("visible=0,2", with: "visible=0,x"),
            place.text.replacing("queue=q", with: "queue=../q"),
        ] { #expect(QueuePlace(text: odd, id: "x") == nil) }
    }

    @Test func queuesAreShownWithTheirOrder() throws {
        let order = QueueOrder(
            [
                Self.member("second", rank: 2), Self.member("first", rank: 1, .stopped),
                Self.member("dead", rank: 0, .gone),
                Self.member("holder", rank: 3, has: []),
            ], capacities: ["empty": 4])
        let queues = order.queues { $0 == "/store" }
        #expect(queues.map(\.name) == ["empty", "q"] && queues[0].slots == 4)
        #expect(queues[1].entries.map(\.id) == ["holder", "first", "second", "dead"])
        #expect(queues[1].entries.map(\.position) == [nil, 1, 2, nil])
        #expect(
            queues[1].slotsTaken == 1 && queues[1].waiting.count == 2 && queues[1].entries.allSatisfy(\.isOfService))
    }

    @Test(arguments: ["", ".", "-a", "a b", "a/b", "ä", String(repeating: "a", count: 65)])
    func oddNamesAreNone(_ name: String) { #expect(!RunQueue.isName(name)) }
}
