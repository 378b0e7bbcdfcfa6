import Foundation
import TestSupport
import Testing

@testable import RunExecution

/// Spellings of one address are one; other services stay others.
@Suite struct ServiceAddressTests {
    @Test(arguments: [
        ["http://localhost:5000", "http://127.0.0.1:5000/", "HTTP://LocalHost:5000//", "http://[::1]:5000"],
        ["http://localhost:5000", "http://ana:secret@localhost:5000", "http://0.0.0.0:5000"],
        ["https://mlflow.example.org", "https://MLflow.example.org:443/", "https://mlflow.example.org:"],
        ["http://h:80/a", "http://h/a/"], ["sqlite:////no/such.db", "sqlite+pysqlite:////no/such.db"],
        ["file:///no/such%20runs", "file:///no/such runs/"], ["/no/such", "/no/such/"],
        ["http://[fe80::1]:80", "http://[FE80::1]"],
    ])
    func spellingsOfOne(_ texts: [String]) {
        #expect(Set(texts.map { ServiceAddress($0) }).count == 1)
    }

    @Test(arguments: [
        ["http://h:5000", "https://h:5000", "http://h:5001", "http://h", "http://h:5000/a", "http://h:5000/b"],
        ["sqlite:////a", "file:///a", "/a", "/b", "a", ""], ["databricks", "databricks://a", "databricks://b"],
        ["http://host", "http://localhost", "http://127.0.0.1:5000", "http://1.127.0.0"],
    ])
    func others(_ texts: [String]) {
        #expect(Set(texts.map { ServiceAddress($0) }).count == texts.count)
    }

    @Test func linksLeadToOnePlace() throws {
        let place = try TemporaryDirectory()
        try Data().write(to: URL(fileURLWithPath: place.path + "/a b.db"))
        let link = place.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: place.path)
        #expect(ServiceAddress(link) == ServiceAddress(place.path))
        #expect(ServiceAddress("sqlite:///\(link)/a b.db") == ServiceAddress("sqlite:///\(place.path)/a%20b.db"))
        #expect(ServiceAddress("file://\(link)") == ServiceAddress("file://\(place.path)/"))
    }
}
