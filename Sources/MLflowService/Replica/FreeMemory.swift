#if canImport(Glibc)
    import Glibc
#endif

/// Memory that was needed once.
enum FreeMemory {
    /// Gives pages that hold nothing any more back to the system. The GNU C library keeps what a long read took in between
    /// for as long as the program runs; other libraries give it back by themselves.
    static func giveBack() {
        #if canImport(Glibc)
            // Not in the headers that Swift imports, and in no other C library: looked up as the program runs.
            guard let address = dlsym(nil, "malloc_trim") else { return }
            typealias Trim = @convention(c) (Int) -> CInt
            _ = unsafeBitCast(address, to: Trim.self)(0)
        #endif
    }
}
