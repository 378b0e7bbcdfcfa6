import ArgumentParser
import FileAccess
import Glibc
import RunServer
import RunServices

/// Who is let in by `runwatch serve`, and how the server proves who it is.
struct ServeAccessOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A file with the token that clients must name.", valueName: "file"))
    var tokenFile: String?

    @Option(help: ArgumentHelp("A file with a second token, which only reads.", valueName: "file"))
    var readTokenFile: String?

    @Option(help: ArgumentHelp("The server's certificate chain, a PEM file.", valueName: "file"))
    var tlsCert: String?

    @Option(help: ArgumentHelp("The key of the certificate, a PEM file without a passphrase.", valueName: "file"))
    var tlsKey: String?

    /// Characters: what a dozen guesses a second do not find in a century.
    private static let shortest = 16

    func validate() throws {
        if (tlsCert == nil) != (tlsKey == nil) {
            throw ValidationError("A certificate and its key go together; give --tls-cert and --tls-key.")
        }
        if readTokenFile != nil, tokenFile == nil {
            throw ValidationError("--read-token-file needs --token-file, or everyone could write.")
        }
    }

    func certificate() throws(RunServiceError) -> ServerCertificate? {
        guard let tlsCert, let tlsKey else { return nil }
        return try ServerCertificate(
            chain: Environment.absolutePath(tlsCert), key: Environment.absolutePath(tlsKey))
    }

    func tokens() throws(RunServiceError) -> AccessTokens {
        let write = try tokenFile.map(Self.token)
        let read = try readTokenFile.map(Self.token)
        if let write, write == read {
            throw RunServiceError(
                .invalid, "--token-file and --read-token-file hold the same token; put another one into one of them.")
        }
        return AccessTokens(write: write, read: read)
    }

    /// The one line of a file that nobody else may read.
    private static func token(_ name: String) throws(RunServiceError) -> String {
        let path = Environment.absolutePath(name)
        guard let bytes = FileAccess.contents(path, limit: 4_096), let stamp = FileStamp(path) else {
            let reason = String(cString: strerror(errno))
            throw RunServiceError(
                .invalid, "The token file \(Shown.path(path)) cannot be read (\(reason)); name another one.")
        }
        if stamp.permissions & 0o077 != 0 {
            throw RunServiceError(
                .invalid, "Others may read the token file \(Shown.path(path)); `chmod 600` it.")
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        guard lines.count == 1, let token = lines.first, token.count >= shortest,
            token.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value < 0x7f })
        else {
            throw RunServiceError(
                .invalid,
                "The token file \(Shown.path(path)) must hold one line of \(shortest) or more letters, digits and signs; "
                    + "`openssl rand -hex 24` makes a good one.")
        }
        return String(token)
    }
}
