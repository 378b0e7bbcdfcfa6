import Testing

@testable import DashboardCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct ReadmeTests {
    /// The README shows the key table between two markers; this fails when it is not that of the key map.
    @Test func theReadmeShowsTheseKeys() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let readme = try #require(Self.contents(ofFile: "/\(root)/README.md"))
        let start = try #require(readme.firstRange(of: "<!-- keys -->\n"))
        let end = try #require(readme.firstRange(of: "<!-- /keys -->"))
        let shown = readme[start.upperBound..<end.lowerBound]
        let table = KeyTable.markdown(KeyMap.standard)
        #expect(shown == table, "put this between the markers:\n\(table)")
    }

    private static func contents(ofFile path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
