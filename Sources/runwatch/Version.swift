/// What `runwatch --version` says.
enum Version {
    static let current = "1.0.0"
}
