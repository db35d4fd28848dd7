using System.Text;
using RegisterEngine.Schemas;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Sources;

/// <summary>Why a row was rejected.</summary>
public enum RejectReason
{
    /// <summary>The record has another number of fields than the header.</summary>
    FieldCount,

    /// <summary>A fixed-width record has another length than the layout says.</summary>
    RecordLength,

    /// <summary>The record is longer than any record can be.</summary>
    TooLong,

    /// <summary>A quote is opened and never closed, or text follows a closing quote.</summary>
    Quotes,

    /// <summary>The bytes are no text in the encoding that was declared.</summary>
    Encoding,

    /// <summary>A value that must be there is missing.</summary>
    Missing,

    /// <summary>Not a number.</summary>
    Number,

    /// <summary>Not a date of the declared pattern.</summary>
    Date,

    /// <summary>A value that the layout does not know.</summary>
    Value,

    /// <summary>A number or date outside what is allowed or can be held.</summary>
    Range,

    /// <summary>A text that does not match the declared pattern.</summary>
    Pattern,
}

/// <summary>A rejected row: what the person who repairs the extract needs to find it. May hold a person's id: for the quarantine file only.</summary>
/// <param name="Input">Name of the input.</param>
/// <param name="Line">Line in it, counted from 1.</param>
/// <param name="Column">Name of the column, empty where the record as a whole is wrong.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Reason">Why it was rejected.</param>
/// <param name="Expected">What should stand there.</param>
public sealed record Reject(string Input, long Line, string Column, string Value, RejectReason Reason, string Expected)
{
    private const int LongestValue = 200;

    /// <summary>A value as it is shown: its beginning, where it is long.</summary>
    internal static string Shown(ReadOnlySpan<byte> value)
    {
        if (value.Length > LongestValue)
            value = value[..LongestValue];
        var decoder = new TextDecoder(TextEncoding.Detect);
        return decoder.TryDecode(value, out ReadOnlySpan<byte> utf8, out _) ? Encoding.UTF8.GetString(utf8) : Encoding.Latin1.GetString(value);
    }
}
