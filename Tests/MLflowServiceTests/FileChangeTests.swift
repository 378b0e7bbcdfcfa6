import FileAccess
import Foundation
import TestSupport
import Testing

@testable import MLflowService
@testable import MLflowStores

/// One change of files beside a program that locks nothing.
@Suite struct FileChangeTests {
    private let place: TemporaryDirectory
    private var file: String { place.path + "/meta.yaml" }

    init() throws {
        place = try TemporaryDirectory()
        try write("old")
    }

    private func write(_ text: String) throws { try text.write(toFile: file, atomically: false, encoding: .utf8) }

    private func read() throws -> String { try String(contentsOfFile: file, encoding: .utf8) }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
    }

    private func change(noting text: String = "old") -> FileChange {
        let change = FileChange(isExclusive: true)
        change.note(Array(text.utf8), of: file)
        return change
    }

    @Test func `several steps on one file are taken back to the first`() throws {
        let change = change()
        for text in ["one", "two", "three"] { try change.put(Array(text.utf8), at: "meta.yaml", in: place.path) }
        try change.put(Array("new".utf8), at: "a/b/c", in: place.path)
        try change.remove("meta.yaml", in: place.path)
        #expect(!FileManager.default.fileExists(atPath: file))
        change.takeBack()
        #expect(try read() == "old")
        #expect(try names() == ["meta.yaml"])
    }

    @Test func `what was written since it was read is not replaced`() throws {
        let change = change()
        try write("theirs")
        #expect(throws: ForeignWrite.self) { try change.put(Array("ours".utf8), at: "meta.yaml", in: place.path) }
        change.takeBack()
        #expect(try read() == "theirs")
        #expect(try names() == ["meta.yaml"])
    }

    /// It opened the file before we replaced it, and writes afterwards.
    @Test func `what is written into the file that was replaced is not lost`() throws {
        let change = change()
        let writer = try #require(FileHandle(forWritingAtPath: file))
        try change.put(Array("ours".utf8), at: "meta.yaml", in: place.path)
        try change.put(Array("ours again".utf8), at: "meta.yaml", in: place.path)
        try writer.truncate(atOffset: 0)
        #expect(throws: ForeignWrite.self) { try change.keep() }
        change.takeBack()
        try writer.write(contentsOf: Data("theirs".utf8))
        #expect(try read() == "theirs")
        #expect(try names() == ["meta.yaml"])
    }

    @Test func `what another program put in our file's place stays`() throws {
        let change = change()
        try change.put(Array("ours".utf8), at: "meta.yaml", in: place.path)
        try "theirs".write(toFile: file, atomically: true, encoding: .utf8)
        change.takeBack()
        #expect(try read() == "theirs")
        #expect(try names() == ["meta.yaml"])
    }

    @Test func `lines are cut off again, except behind another program's`() throws {
        for (theirs, text) in [("", "old"), ("theirs\n", "oldours\ntheirs\n")] {
            try write("old")
            let change = change()
            try change.append("ours\n", to: "meta.yaml", in: place.path)
            try change.append("ours\n", to: "new", in: place.path)
            let handle = try #require(FileHandle(forWritingAtPath: file))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(theirs.utf8))
            change.takeBack()
            #expect(try read() == text)
            #expect(try names() == ["meta.yaml"])
        }
    }

    @Test func `a file that must be new takes no other's place`() throws {
        let change = change()
        #expect(throws: ForeignWrite.self) {
            try change.put(Array("ours".utf8), at: "meta.yaml", in: place.path, mustBeNew: true)
        }
        try change.put(Array("ours".utf8), at: "params/a", in: place.path, mustBeNew: true)
        try change.keep()
        #expect(try names() == ["meta.yaml", "params"])
        #expect(try read() == "old")
    }
}
