import GRDB
import RunModel
import SQLiteStatements
import Synchronization

/// Tests of the filter language that SQL has no words for, which it calls by number while a search runs.
///
/// A function that was defined for each search anew would make SQLite prepare every statement again.
final class SQLTests: Sendable {
    private static let registered = Mutex<(next: Int64, tests: [Int64: @Sendable (MetricValue) -> Bool])>((0, [:]))

    /// `run_test(number, value)`: NULL for NULL.
    static let function = DatabaseFunction("run_test", argumentCount: 2, pure: true) { values in
        let value: MetricValue
        switch values[1].storage {
        case .null, .blob: return nil
        case .int64(let number): value = .number(Double(number))
        case .double(let number): value = .number(number)
        case .string(let text): value = .text(text)
        }
        guard case .int64(let number) = values[0].storage else { return nil }
        let test = registered.withLock { $0.tests[number] }
        return test.map { $0(value) }
    }

    private let numbers = Mutex<[Int64]>([])

    /// The number by which SQL calls a test, as long as this value lives.
    func add(_ test: @escaping @Sendable (MetricValue) -> Bool) -> SQLValue {
        let number = Self.registered.withLock { registered in
            registered.next += 1
            registered.tests[registered.next] = test
            return registered.next
        }
        numbers.withLock { $0.append(number) }
        return .integer(number)
    }

    deinit {
        let numbers = numbers.withLock { $0 }
        Self.registered.withLock { registered in
            for number in numbers { registered.tests[number] = nil }
        }
    }
}
