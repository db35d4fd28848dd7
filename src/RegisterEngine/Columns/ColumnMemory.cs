namespace RegisterEngine.Columns;

/// <summary>Where the parts of a column lie, in the Arrow memory layout.</summary>
/// <param name="Validity">The bitmap of rows that have a value; empty where every row has one.</param>
/// <param name="Values">The values, or the offsets of values of any length.</param>
/// <param name="Data">The bytes of values of any length; else empty.</param>
public readonly record struct ColumnMemory(Memory<byte> Validity, Memory<byte> Values, Memory<byte> Data = default);
