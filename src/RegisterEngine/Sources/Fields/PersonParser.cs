using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Schemas;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads keys of persons: digits into numbers, any other text as it is; pseudonymised first where a key is given.</summary>
internal sealed class PersonParser(BoundField field, byte quote, TextDecoder decoder, Pseudonymiser? pseudonymiser)
    : FieldParser(field, BatchColumn.Person, quote)
{
    private readonly int[] _rows = new int[ParseContext.MostRows];
    private readonly long[] _missingKeys = MissingKeys(field.Field.MissingValues);
    private readonly CodeMemo<long> _memo = new();
    private readonly byte[] _digits = new byte[NationalId.Length];
    private readonly byte[] _pseudonym = new byte[Pseudonymiser.PseudonymLength];

    /// <inheritdoc/>
    public override void Parse(ParseContext context)
    {
        RawField fields = context.Raw(Field);
        int rows = context.Rows.Rows;
        Column texts = context.Batch.Column(BatchColumn.PersonText);
        Span<long> keys = context.Batch.Longs(BatchColumn.Person).Slice(context.At, rows);
        Span<int> ends = texts.As<int>().Slice(context.At, rows + 1);
        if (context.At == 0)
            ends[0] = 0;
        ends[1..].Fill(ends[0]);
        texts.SetNull(context.At, rows);

        int careful = pseudonymiser is not null ? AllRows(rows)
            : context.Table is { } table && table.IsDirect(Field.Place) ? ReadDirect(table.Column(Field.Place), table.From, keys)
            : FieldParsing.Keys(context.Rows.Column(Field.Bounds), keys, _rows);
        int filled = 0;
        foreach (int row in _rows.AsSpan(0, careful))
        {
            ends.Slice(filled + 1, row - filled).Fill(ends[filled]);
            ends[row + 1] = ends[row];
            keys[row] = ReadCarefully(fields[row], row, context, texts, ref ends[row + 1]);
            filled = row + 1;
        }
        ends[filled..].Fill(ends[filled]);
        Check(fields, keys, context);
    }

    // The key of the row; a text that is no key goes to the column of texts, after whose end it moves 'end'.
    private long ReadCarefully(ReadOnlySpan<byte> raw, int row, ParseContext context, Column texts, ref int end)
    {
        if (!TryText(raw, row, context, out ReadOnlySpan<byte> text))
            return RegisterBatch.MissingLong;
        if (pseudonymiser is null && DigitKey.TryPack(text, out long key))
            return key;
        if (!decoder.TryDecode(text, out text, out _))
        {
            context.Errors.Add(row, Field, RejectReason.Encoding, decoder.Expected);
            return RegisterBatch.MissingLong;
        }
        if (pseudonymiser is not null)
        {
            pseudonymiser.Write(text, _pseudonym);
            text = _pseudonym;
        }
        else if (NationalId.TryJoin(text, _digits))
        {
            context.Counts.Count(Finding.ElevenDigitPerson, 1);
            if (NationalId.IsPersonal(_digits, context.Batch.Numbers(BatchColumn.Year)[context.At + row]))
                context.Counts.Count(Finding.NationalIdPerson, 1);
        }
        texts.ReserveData(end + text.Length);
        text.CopyTo(texts.Data.Span[end..]);
        end += text.Length;
        texts.SetValue(context.At + row);
        context.Batch.Column(BatchColumn.Person).SetNull(context.At + row);
        return RegisterBatch.MissingLong;
    }

    private void Check(RawField fields, Span<long> keys, ParseContext context)
    {
        if (_missingKeys.Length > 0 && keys.ContainsAny(_missingKeys))
            for (int row = 0; row < keys.Length; row++)
                if (_missingKeys.Contains(keys[row]))
                {
                    TryText(fields[row], row, context, out _);
                    keys[row] = RegisterBatch.MissingLong;
                }
        int eleven = RangeScan.Inside(keys, DigitKey.Pack(0, NationalId.Length), DigitKey.Pack(0, NationalId.Length + 1) - 1, _rows);
        if (eleven == 0)
            return;
        int national = 0;
        Span<int> years = context.Batch.Numbers(BatchColumn.Year).Slice(context.At, keys.Length);
        Span<byte> digits = stackalloc byte[DigitKey.MaxLength];
        foreach (int row in _rows.AsSpan(0, eleven))
            if (NationalId.IsPersonal(digits[..DigitKey.Format(keys[row], digits)], years[row]))
                national++;
        context.Counts.Count(Finding.ElevenDigitPerson, eleven);
        context.Counts.Count(Finding.NationalIdPerson, national);
    }

    private int ReadDirect(Column column, int from, Span<long> keys)
    {
        if (column.Codes is not DictionaryValues dictionary)
            return TypedKeys.Read(column, from, keys, _rows);
        _memo.Use(dictionary);
        int left = 0;
        ReadOnlySpan<int> codes = column.As<int>().Slice(from, keys.Length);
        for (int row = 0; row < codes.Length; row++)
        {
            bool isNull = column.IsNull(from + row);
            if (!isNull && !_memo.Knows(codes[row]))
                _memo.Set(codes[row], DigitKey.TryPack(_memo.TextOf(codes[row]), out long key), key);
            if (isNull || !_memo.TryGet(codes[row], out keys[row]))
                _rows[left++] = row;
        }
        return left;
    }

    private int AllRows(int rows)
    {
        for (int row = 0; row < rows; row++)
            _rows[row] = row;
        return rows;
    }

    private static long[] MissingKeys(IReadOnlyList<string> texts)
    {
        var keys = new List<long>();
        foreach (string text in texts)
            if (DigitKey.TryPack(Encoding.UTF8.GetBytes(text), out long key))
                keys.Add(key);
        return [.. keys];
    }
}
