#if canImport(Glibc)
    import Glibc
#endif

/// How the C library's allocator treats this process. Elsewhere than with the GNU C library all of this does nothing, and
/// need not.
package enum ProcessMemory {
    /// Lets all threads share one heap; to be called before there is a second thread.
    ///
    /// By default each thread gets one of its own, and what a long read leaves free in one of them is of no use to the
    /// others: 10 MB over a server of 10,000 runs. The few threads of a terminal program rarely meet in it.
    package static func shareHeap() {
        // M_ARENA_MAX of malloc.h.
        typealias Option = @convention(c) (CInt, CInt) -> CInt
        if let address = address(of: "mallopt") { _ = unsafeBitCast(address, to: Option.self)(-8, 1) }
    }

    /// Gives pages that hold nothing any more back to the system; to be called after a long read, since the library would
    /// keep them as long as the program runs. Takes a few milliseconds.
    package static func giveBack() {
        typealias Trim = @convention(c) (Int) -> CInt
        if let address = address(of: "malloc_trim") { _ = unsafeBitCast(address, to: Trim.self)(0) }
    }

    /// The functions are not in the headers that Swift imports, so they are looked up as the program runs.
    private static func address(of function: String) -> UnsafeMutableRawPointer? {
        #if canImport(Glibc)
            dlsym(nil, function)
        #else
            nil
        #endif
    }
}
