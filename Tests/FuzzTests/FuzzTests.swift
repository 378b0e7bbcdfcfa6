import Foundation
import Fuzzing
import RunServices
import TerminalUI
import Testing

/// Nothing that comes from outside ends the program: a trap in one of these ends the tests.
struct FuzzTests {
    /// `RUNWATCH_FUZZ_SECONDS` spends so long on each target, with inputs that are others each time.
    private static let seconds = ProcessInfo.processInfo.environment["RUNWATCH_FUZZ_SECONDS"].flatMap(Double.init)

    @Test(arguments: FuzzTarget.all) func survives(_ target: FuzzTarget) async {
        let tried = await withCheckedContinuation { continuation in
            // On a thread of its own: some targets wait for tasks, whose threads are few.
            Thread.detachNewThread { continuation.resume(returning: Self.play(target)) }
        }
        #expect(tried >= target.seeds.count)
    }

    /// Returns how many inputs were tried.
    private static func play(_ target: FuzzTarget) -> Int {
        var tried = 0
        for seed in target.seeds {
            target.body(seed)
            tried += 1
        }
        guard let seconds else {
            var mutator = Mutator(target.seeds, seed: 1)
            for _ in 0..<target.rounds { target.body(mutator.next()) }
            return tried + target.rounds
        }
        let seed = UInt64.random(in: .min ... .max)
        print("\(target.name): seed \(seed)")
        var mutator = Mutator(target.seeds, seed: seed)
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            let input = mutator.next()
            // What ends the process is the last that this file holds.
            try? Data(input).write(to: URL(fileURLWithPath: "/tmp/runwatch-fuzz-\(target.name)"))
            target.body(input)
            tried += 1
        }
        return tried
    }

    /// `Shown` is for sentences and `TerminalUI` for the screen, and neither knows the other: they must hide the same.
    @Test func `sentences and the screen hide the same characters`() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            // Letters of flags and spaces of all widths are drawn in a plainer form, which hides nothing.
            let isPlainer = (0x1F1E6...0x1F1FF).contains(value) || scalar.properties.generalCategory == .spaceSeparator
            // Behind a letter, so that a mark has something to join.
            let isReplaced = TerminalText.sanitized("x" + String(scalar)) != "x" + String(scalar)
            if isPlainer { continue }
            if isReplaced != Shown.isHidden(scalar) { Issue.record("U+\(String(value, radix: 16))") }
        }
    }
}
