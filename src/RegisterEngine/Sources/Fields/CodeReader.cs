using System.Text;
using System.Text.RegularExpressions;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Schemas;

namespace RegisterEngine.Sources.Fields;

/// <summary>What there is to note about every row with the same texts: repairs, findings, an error. Nothing, for most.</summary>
internal struct CodeNotes
{
    /// <summary>Bit by bit, what was found.</summary>
    public int Findings { get; private set; }

    /// <summary>Codes that were filled with zeros.</summary>
    public int Padded { get; set; }

    /// <summary>Encodings that the texts were found to be in.</summary>
    public FoundEncodings Encodings { get; private set; }

    /// <summary>The first error.</summary>
    public RowError? Error { get; set; }

    /// <summary>Notes a finding.</summary>
    public void Add(Finding finding) => Findings |= 1 << (int)finding;

    /// <summary>Notes an encoding.</summary>
    public void Add(FoundEncodings encoding) => Encodings |= encoding;
}

/// <summary>Reads one text field into a code: cleans, decodes, repairs and checks it.</summary>
internal sealed class CodeReader(BoundField field, byte quote, TextDecoder decoder, CodeBook book)
{
    private readonly FieldReader _reader = new(field, quote);
    private readonly RowErrors _errors = new();
    private readonly Regex? _pattern = field.Field.Pattern is { } pattern ? new Regex($"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) : null;
    private readonly HashSet<string>? _allowed = field.Field.Allowed?.ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string>? _known = field.Field.KnownCodes?.ToHashSet(StringComparer.Ordinal);

    // Whoever reads a text for the first time in one thread often reads it in the order in which another has read it.
    private int _last = CodeBook.Missing;

    /// <summary>The canonical column that it reads.</summary>
    public RegisterColumn Column { get; } = field.Column;

    /// <summary>The code of the field's text, or <see cref="CodeBook.Missing"/>.</summary>
    public int Read(FieldTable rows, int row, ref CodeNotes notes) => ReadText(rows.Column(field.Bounds)[row], ref notes);

    /// <summary>The code of a text, or <see cref="CodeBook.Missing"/>.</summary>
    public int ReadText(ReadOnlySpan<byte> raw, ref CodeNotes notes)
    {
        _errors.Clear();
        int code = Read(raw, ref notes);
        if (!_errors.IsEmpty)
            notes.Error ??= _errors.FirstOfEachRow()[0];
        return code;
    }

    private int Read(ReadOnlySpan<byte> raw, ref CodeNotes notes)
    {
        if (!_reader.TryText(raw, 0, _errors, out ReadOnlySpan<byte> text))
            return CodeBook.Missing;
        if (!decoder.TryDecode(text, out ReadOnlySpan<byte> utf8, out FoundEncodings found))
            return Refuse(RejectReason.Encoding, decoder.Expected);
        notes.Add(found);
        if (utf8.Length < field.Field.PadLeft && !utf8.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            utf8 = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8).PadLeft(field.Field.PadLeft, '0'));
            notes.Padded++;
        }
        if (field.Field.Check == FieldCheck.OrganisationNumber && !OrganisationNumber.IsValid(utf8))
            notes.Add(Finding.InvalidOrganisationNumber);
        if (_allowed is null && _pattern is null && _known is null)
            return _last = book.Code(utf8, _last + 1);
        string value = Encoding.UTF8.GetString(utf8);
        if (_allowed?.Contains(value) == false)
            return Refuse(RejectReason.Value, $"one of {string.Join(", ", _allowed.Order(StringComparer.Ordinal).Take(10))}{(_allowed.Count > 10 ? " ..." : "")}");
        if (_pattern?.IsMatch(value) == false)
            return Refuse(RejectReason.Pattern, $"a text that matches {field.Field.Pattern}");
        if (_known?.Contains(value) == false)
            notes.Add(Finding.UnknownCode);
        return _last = book.Code(utf8, _last + 1);
    }

    private int Refuse(RejectReason reason, string expected)
    {
        _errors.Add(0, field, reason, expected);
        return CodeBook.Missing;
    }
}
