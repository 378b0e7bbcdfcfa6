import RunModel
import Testing

/// Keys that runs share, apart from `ModelTests`, which has what a map of them does.
@Suite struct SharedKeysTests {
    private func isShared(_ left: [String], _ right: [String]) -> Bool {
        left.withUnsafeBufferPointer { left in right.withUnsafeBufferPointer { left.baseAddress == $0.baseAddress } }
    }

    private func params(_ keys: [String]) -> Params { Params(keys.map { ($0, "of " + $0) }) }

    @Test func runsOfOneScriptShareTheirKeys() {
        let keys = (10..<30).map { "shared/key/of/some/length/\($0)" }
        let (first, second) = (params(keys), params(keys.reversed()))
        #expect(isShared(first.keys, second.keys))
        #expect(first == second)
        #expect(first.entries.map(\.value) == keys.map { "of " + $0 })
    }

    @Test func aKeyAddedToOneRunIsNotAddedToTheOthers() {
        let keys = (10..<20).map { "grown/key/of/some/length/\($0)" }
        var first = params(keys)
        let second = params(keys)
        first.set("new", forKey: "grown/key/of/some/length/15b")
        first.removeValue(forKey: keys[0])
        #expect(second.keys == keys && second.count == 10)
        #expect(first.keys == Array(keys[1..<6]) + ["grown/key/of/some/length/15b"] + Array(keys[6...]))
        #expect(first.value(forKey: keys[6]) == "of " + keys[6])
        first.set("changed", forKey: keys[1])
        #expect(params(keys).value(forKey: keys[1]) == "of " + keys[1])
    }

    @Test func keysThatLookEqualAreNotShared() {
        // One scalar, and a letter with an accent of its own.
        let (composed, decomposed) = (["first", "\u{e9}", "\u{fffd}"], ["e\u{301}", "first", "\u{fffd}"])
        #expect(params(composed).keys.map { Array($0.utf8) } == composed.map { Array($0.utf8) })
        #expect(params(decomposed).keys.map { Array($0.utf8) } == decomposed.map { Array($0.utf8) })
        #expect(params(["\u{e9}"]) != params(["e\u{301}"]))
    }

    @Test func ofEqualKeysTheLastOneWinsWhateverTheOrder() {
        let pairs = [("c", 1), ("a", 2), ("c", 3), ("b", 4), ("a", 5), ("c", 6)]
        let values = KeyedValues(pairs)
        #expect(values.keys == ["a", "b", "c"])
        #expect(values.entries.map(\.value) == [5, 4, 6])
    }
}
