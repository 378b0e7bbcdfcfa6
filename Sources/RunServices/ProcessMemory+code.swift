#if canImport(Glibc)
    import Glibc
#endif

extension ProcessMemory {
    /// Lets go of code, the program's own and its libraries', that is mapped but was not needed lately; to be called once the
    /// start is over.
    ///
    /// Parsing arguments and looking up protocols touch 20 MB of code and tables that are hardly used again, and pages of a
    /// file stay resident until the system is short of memory. What is needed again is mapped again from the page cache,
    /// at less than a microsecond a page. Does nothing where the system has no `/proc`.
    package static func releaseCode() {
        #if canImport(Glibc)
            for range in codeRanges(inMaps: contents(of: "/proc/self/maps")) {
                // Only of pages that can't be written: dropping one that was written would lose what stands there.
                guard let start = UnsafeMutableRawPointer(bitPattern: range.lowerBound) else { continue }
                _ = madvise(start, range.count, Int32(MADV_DONTNEED))
            }
        #endif
    }

    /// The executable, unwritable ranges of addresses that lie in files, in a text as of `/proc/PID/maps` (proc(5)).
    package static func codeRanges(inMaps maps: String) -> [Range<UInt>] {
        maps.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
            // The path stands in a column of its own, after blanks; what the kernel puts in has a name in brackets.
            guard fields.count == 6, fields[1] == "r-xp", fields[5].drop(while: { $0 == " " }).first == "/" else {
                return nil
            }
            let ends = fields[0].split(separator: "-")
            guard ends.count == 2, let start = UInt(ends[0], radix: 16), let end = UInt(ends[1], radix: 16), start < end
            else { return nil }
            return start..<end
        }
    }

    #if canImport(Glibc)
        /// Empty where the file can't be read.
        private static func contents(of path: String) -> String {
            let handle = open(path, O_RDONLY | O_CLOEXEC)
            guard handle >= 0 else { return "" }
            defer { close(handle) }
            var bytes: [UInt8] = []
            return withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
                while true {
                    let count = read(handle, buffer.baseAddress, buffer.count)
                    guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
                    bytes += buffer.prefix(count)
                }
            }
        }
    #endif
}
