import Glibc

/// How many connections a process may hold open, which shells limit to 1024 files.
enum DescriptorLimit {
    /// Files that are open beside connections: the store's, artifacts on their way.
    private static let reserve = 512

    /// Raises the limit as far as this user may, and returns how many connections that allows.
    static func raise(wanting connections: Int) -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 256 }
        let wanted = rlim_t(connections + reserve)
        if limit.rlim_cur < wanted {
            limit.rlim_cur = min(limit.rlim_max, wanted)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        let allowed = limit.rlim_cur > rlim_t(Int32.max) ? connections : Int(limit.rlim_cur) - reserve
        return max(64, min(connections, allowed))
    }
}
