using System.Text;
using RegisterEngine.Columns;

namespace RegisterEngine.Synthetic;

/// <summary>How the fields of a bad record are more or fewer than those of the header.</summary>
internal enum FieldFault
{
    None,
    TooFew,
    TooMany,
}

/// <summary>One way in which a row is bad; it must be rejected for exactly one reason.</summary>
/// <param name="Reason">The name of the engine's reason.</param>
internal sealed record RowFault(string Reason)
{
    private const int UndefinedIn1252 = 0x81;

    /// <summary>The column whose value is wrong.</summary>
    public RegisterColumn? Column { get; init; }

    /// <summary>What stands there, byte for byte.</summary>
    public byte[] Value { get; init; } = [];

    /// <summary>Whether the record has another number of fields than the header.</summary>
    public FieldFault Fields { get; init; }

    /// <summary>A quote that is opened and never closed: at most one a file, with no quote after it.</summary>
    public static RowFault UnclosedQuote { get; } = Of("Quotes", RegisterColumn.WorkplaceName, "\"Uten slutt");

    /// <summary>All others that a file of a format can have.</summary>
    public static IReadOnlyList<RowFault> In(Dialect dialect)
    {
        bool isDelimited = dialect.Widths is null;
        List<RowFault> faults =
        [
            Of("Missing", RegisterColumn.Person, ""),
            Of("Missing", RegisterColumn.Workplace, "."),
            Of("Missing", RegisterColumn.Year, ""),
            Of("Number", RegisterColumn.PositionSize, "heltid"),
            Of("Number", RegisterColumn.BirthYear, "19x4"),
            Of("Number", RegisterColumn.Pay, "4e5"),
            Of("Date", RegisterColumn.StartDate, isDelimited ? "2019-02-30" : "20190230"),
            Of("Date", RegisterColumn.StartDate, "ukjent"),
            Of("Value", RegisterColumn.Sex, "X"),
            Of("Range", RegisterColumn.PositionSize, "-10"),
            Of("Range", RegisterColumn.BirthYear, "1492"),
            Of("Range", RegisterColumn.Pay, "-1"),
            Of("Encoding", RegisterColumn.WorkplaceName, "Sm") with { Value = [(byte)'S', UndefinedIn1252, (byte)'l'] },
            new("FieldCount") { Fields = FieldFault.TooFew },
            new("FieldCount") { Fields = FieldFault.TooMany },
        ];
        if (!isDelimited)
            return [.. faults.Select(fault => fault.Fields == FieldFault.None ? fault : fault with { Reason = "RecordLength" })];
        if (dialect.HasQuotes)
            faults.Add(Of("Quotes", RegisterColumn.WorkplaceName, "\"Solbakken\" skole"));
        return faults;
    }

    private static RowFault Of(string reason, RegisterColumn column, string value) => new(reason) { Column = column, Value = Encoding.ASCII.GetBytes(value) };
}
