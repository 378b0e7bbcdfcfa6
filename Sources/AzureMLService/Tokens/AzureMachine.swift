import FileAccess

/// Whether this is a machine of Azure's: only there does anybody answer at the address of its identity service, and
/// elsewhere each start would wait for nobody.
enum AzureMachine {
    /// What all of them have in place of a serial number.
    private static let mark = "7783-7084-3265-9085-8269-3286-77"

    static var isHere: Bool { isMarked(FileAccess.contents("/sys/class/dmi/id/chassis_asset_tag", limit: 200) ?? []) }

    static func isMarked(_ tag: [UInt8]) -> Bool { String(decoding: tag, as: UTF8.self).hasPrefix(mark) }
}
