#if canImport(Glibc)
    import Glibc
#endif

extension ProcessMemory {
    /// Lets go of the program's own code that is mapped but was not needed lately; to be called once the start is over.
    ///
    /// Parsing arguments and looking up protocols touch 20 MB of code and tables that are hardly used again, and pages of a
    /// file stay resident until the system is short of memory. What is needed again is mapped again from the page cache,
    /// at less than a microsecond a page. Does nothing where the system has no `/proc`.
    package static func releaseCode() {
        #if canImport(Glibc)
            for range in codeRanges(inMaps: contents(of: "/proc/self/maps"), program: programPath()) {
                // Only of pages that can't be written: dropping one that was written would lose what stands there.
                guard let start = UnsafeMutableRawPointer(bitPattern: range.lowerBound) else { continue }
                _ = madvise(start, range.count, Int32(MADV_DONTNEED))
            }
        #endif
    }

    /// The executable, unwritable ranges of addresses of `program` in a text as of `/proc/PID/maps` (proc(5)).
    package static func codeRanges(inMaps maps: String, program: String) -> [Range<UInt>] {
        guard !program.isEmpty else { return [] }
        return maps.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
            // The path stands in a column of its own, after blanks.
            guard fields.count == 6, fields[1] == "r-xp", fields[5].drop(while: { $0 == " " }) == program else {
                return nil
            }
            let ends = fields[0].split(separator: "-")
            guard ends.count == 2, let start = UInt(ends[0], radix: 16), let end = UInt(ends[1], radix: 16), start < end
            else { return nil }
            return start..<end
        }
    }

    #if canImport(Glibc)
        private static func programPath() -> String {
            withUnsafeTemporaryAllocation(byteCount: Int(PATH_MAX), alignment: 1) { buffer in
                guard let base = buffer.baseAddress else { return "" }
                let count = readlink("/proc/self/exe", base, buffer.count)
                return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : ""
            }
        }

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
