using RegisterEngine.Columns;
using RegisterEngine.Schemas;

namespace RegisterEngine.Synthetic;

/// <summary>How the records of extracts are written.</summary>
public enum ExtractFormat
{
    /// <summary>Delimited, by the layout <c>generic-delimited</c>: files called <c>pai_2024.csv</c>.</summary>
    Delimited,

    /// <summary>Fixed width, by the layout <c>generic-fixed-width</c>: files called <c>pai_2024.txt</c>.</summary>
    FixedWidth,
}

/// <summary>A column of a file.</summary>
/// <param name="Column">The canonical column; null for one that nobody asked for.</param>
/// <param name="Name">Its name in the header.</param>
/// <param name="Content">What stands in every row, where it is no canonical column.</param>
internal sealed record FileColumn(RegisterColumn? Column, string Name, string Content = "");

/// <summary>How one file is written.</summary>
internal sealed record Dialect
{
    /// <summary>The columns, in order.</summary>
    public required IReadOnlyList<FileColumn> Columns { get; init; }

    /// <summary>Positions of each column in a fixed-width record; null where fields are delimited.</summary>
    public IReadOnlyList<int>? Widths { get; init; }

    /// <summary>Between fields.</summary>
    public byte Delimiter { get; init; } = (byte)';';

    /// <summary>Between whole numbers and decimals.</summary>
    public byte DecimalSign { get; init; } = (byte)',';

    /// <summary>How text is spelt: UTF-8 or Windows-1252.</summary>
    public TextEncoding Encoding { get; init; } = TextEncoding.Utf8;

    /// <summary>Whether the file begins with a byte order mark.</summary>
    public bool HasByteOrderMark { get; init; }

    /// <summary>What ends a line.</summary>
    public string LineEnd { get; init; } = "\n";

    /// <summary>Whether the last line has an end.</summary>
    public bool EndsLastLine { get; init; } = true;

    /// <summary>Whether fields have blanks at their ends.</summary>
    public bool HasTrailingBlanks { get; init; }

    /// <summary>Whether codes have no leading zeros.</summary>
    public bool LosesZeros { get; init; }

    /// <summary>Whether some names of workplaces hold what must stand between quotes.</summary>
    public bool HasQuotedNames { get; init; }

    /// <summary>Whether any field stands between quotes.</summary>
    public bool HasQuotes => Widths is null && (HasQuotedNames || Delimiter == DecimalSign);

    /// <summary>How a file without traps is written.</summary>
    public static Dialect Clean(ExtractFormat format)
    {
        string name = format == ExtractFormat.Delimited ? "generic-delimited" : "generic-fixed-width";
        Layout layout = LayoutLibrary.BuiltIn.First(layout => layout.Name == name);
        return new Dialect
        {
            Columns = [.. layout.Fields.Select(field => new FileColumn(field.Column, field.Name))],
            Widths = format == ExtractFormat.Delimited ? null : [.. layout.Fields.Select(field => field.Length)],
            Encoding = format == ExtractFormat.Delimited ? TextEncoding.Utf8 : TextEncoding.Windows1252,
        };
    }
}
