import Glibc
import RunModel
import Testing

struct FilterMomentTests {
    // 2026-11-24T10:30:15.250Z, by `date -u -d @1795516215`.
    private static let moment: Int64 = 1_795_516_215_250
    private static let run = sampleRun(started: moment, ended: moment)

    @Test(arguments: [
        "started = 2026-11-24T10:30Z", "started:2026-11-24T10:30:15Z", "started = '2026-11-24 10:30:15.2Z'",
        "started = 2026-11-24T10:30:15.25Z", "started = 2026-11-24T10:30:15.250999Z",
        "started = 2026-11-24T11:30+01:00",
        "started = 2026-11-24T05:00-0530", "started = 1795516215250", "start_time > 1795516215249",
        "started < 2026-11-24T10:31Z", "started <= 2026-11-24T10:30Z", "started >= 2026-11-24T10:30Z",
        "started > 2026-11-24T10:29Z", "started != 2026-11-24T10:31Z", "started > 2025-01-01", "started < 2027-01",
        "started > 1969-12-31T23:59:59Z", "started is not null", "ended >= 2026-11-23",
    ])
    func matches(filter: String) throws { #expect(try passes(filter, FilterMomentTests.run)) }

    @Test(arguments: [
        "started > 2026-11-24T10:30Z", "started < 2026-11-24T10:30Z", "started != 2026-11-24T10:30Z",
        "started = 2026-11-24T10:30:15.251Z", "started < 1795516215250",
        "started is null",
        "created < 2026-11-23",
    ])
    func doesNotMatch(filter: String) throws {
        #expect(try !passes(filter, FilterMomentTests.run))
    }

    @Test func aDayIsALocalOne() throws {
        var local = tm()
        var seconds = time_t(FilterMomentTests.moment / 1000)
        localtime_r(&seconds, &local)
        local.tm_hour = 0
        local.tm_min = 0
        local.tm_sec = 0
        local.tm_isdst = -1
        let day = "\(local.tm_year + 1900)-\(twoDigits(local.tm_mon + 1))-\(twoDigits(local.tm_mday))"
        let midnight = Int64(mktime(&local)) * 1000
        #expect(try passes("started = \(day)", sampleRun(started: midnight)))
        #expect(try !passes("started = \(day)", sampleRun(started: midnight - 1)))
        #expect(try passes("started < \(day)", sampleRun(started: midnight - 1)))
        #expect(try passes("started = \(day)", FilterMomentTests.run))
        #expect(try !passes("started > \(day)", FilterMomentTests.run))
        #expect(try passes("started:\(day.dropLast(3))", FilterMomentTests.run))
    }

    @Test(arguments: [
        "2026-13-01", "2026-00-01", "2026-11-31", "2025-02-29", "2026-11-24T", "2026-11-24T24:00",
        "2026-11-24T10",
        "2026-11-24T10:60", "2026-11-24T10:00:60", "2026-11-24T10:00:00.", "2026-11-24T10:00X", "2026-11-24T10:00+1",
        "2026-11-24Z", "26-11-24", "tomorrow", "1.5", "2026-11-24T10:00Z+01:00",
    ])
    func refuses(text: String) {
        #expect(throws: FilterSyntaxError.self) { try Filter.parse("started > \(text)") }
    }

    @Test func aWholeNumberIsInMillisecondsAlsoOneThatLooksLikeAYear() throws {
        #expect(try passes("started = 2026", sampleRun(started: 2026)))
    }

    @Test func leapDaysExist() throws {
        for day in ["2024-02-29", "2000-02-29"] {
            #expect(throws: Never.self) { try Filter.parse("started > \(day)") }
        }
        #expect(throws: FilterSyntaxError.self) { try Filter.parse("started > 1900-02-29") }
    }

    private func twoDigits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
