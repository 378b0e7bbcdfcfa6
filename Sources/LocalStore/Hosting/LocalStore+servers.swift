import GRDB
import ProcessTable
import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// One row for each process.
    package func announce(_ server: ServingProcess) async throws(RunServiceError) {
        try requireWriting()
        try await connections.write { db in
            try db.run(
                "INSERT OR REPLACE INTO servers VALUES (?, ?, ?, ?, ?, ?)",
                [
                    .text(server.host), .integer(Int64(server.process.pid)), .integer(server.process.startTicks),
                    .text(server.process.bootID), .text(server.address), .integer(server.startedAt.milliseconds),
                ])
        }
    }

    /// Leaves the row of another process alone that has the pid by now.
    package func withdraw(_ server: ServingProcess) async throws(RunServiceError) {
        try requireWriting()
        try await connections.write { db in
            try db.run(
                "DELETE FROM servers WHERE host = ? AND pid = ? AND start_ticks = ? AND boot_id = ?",
                [
                    .text(server.host), .integer(Int64(server.process.pid)), .integer(server.process.startTicks),
                    .text(server.process.bootID),
                ])
        }
    }

    /// One read; a process that was killed leaves its row behind, which the process table shows up.
    package func servers() async throws(RunServiceError) -> [ServingProcess] {
        let all = try await connections.read { db in
            var found: [ServingProcess] = []
            let sql =
                "SELECT host, pid, start_ticks, boot_id, address, started_at FROM servers ORDER BY started_at DESC"
            try db.forEachRow(sql) { row in
                found.append(
                    ServingProcess(
                        host: row.text(0),
                        process: ProcessStamp(pid: row.int32(1), startTicks: row.integer(2), bootID: row.text(3)),
                        address: row.text(4), startedAt: Timestamp(milliseconds: row.integer(5))))
                return true
            }
            return found
        }
        return all.filter { server in
            guard server.host == ProcessTable.hostName, server.process.pid > 0 else {
                return server.host != ProcessTable.hostName
            }
            let process = server.process
            return ProcessTable.isAlive(
                pid: process.pid, startTicks: process.startTicks, bootID: process.bootID) != false
        }
    }
}
