import MLflowService
import RunServices
import Testing

/// Sizes that a server claims.
struct LogSizeTests {
    @Test(arguments: [[Int64.max], [-5], [.max, .max], [.min, 5], [1 << 48, 1 << 48, 1 << 48]])
    func `sizes of any number add up to one that can be`(_ sizes: [Int64]) throws {
        let parts = sizes.enumerated().map { index, size in
            LogParts.Part(path: index == 0 ? "out.log" : "out.log.part\(index + 1)", size: size)
        }
        let logs = LogParts.gather(parts, commandLog: "out.log")
        #expect(logs.count == 1)
        let log = try #require(logs.first)
        #expect((0...LogFile.largestSize).contains(log.file.size))
        let found = log.parts(in: 0..<LogFile.largestSize)
        #expect(found.allSatisfy { $0.start >= 0 && $0.start <= LogFile.largestSize })
    }

    @Test func `a log and its pieces are bounded`() {
        #expect(LogFile(name: "a", size: .max).size == LogFile.largestSize)
        #expect(LogFile(name: "a", size: -5).size == 0)
        let chunk = LogChunk(offset: .max, bytes: [1], size: .min)
        #expect(chunk.offset == LogFile.largestSize && chunk.size == 0)
    }
}
