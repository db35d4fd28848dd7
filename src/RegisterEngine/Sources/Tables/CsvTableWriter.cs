using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Tables;

/// <summary>Writes a table as CSV: UTF-8, comma, a line of names. A missing value is an empty field, an empty text is quoted.</summary>
public sealed class CsvTableWriter : ITableWriter
{
    private const int FlushAt = 1 << 20;

    private readonly Stream _target;
    private readonly int _columns;
    private readonly ByteBuffer _lines = new();
    private readonly ByteBuffer _value = new();

    /// <summary>Begins a table.</summary>
    /// <param name="target">Where it goes; stays open.</param>
    /// <param name="schema">Names and types.</param>
    public CsvTableWriter(Stream target, BatchSchema schema)
    {
        _target = target;
        _columns = schema.Fields.Count;
        for (int i = 0; i < _columns; i++)
            AddField(System.Text.Encoding.UTF8.GetBytes(schema.Fields[i].Name), i);
    }

    /// <inheritdoc/>
    public void Add(ColumnBatch batch)
    {
        for (int row = 0; row < batch.Rows; row++)
            for (int i = 0; i < _columns; i++)
            {
                Column column = batch[i];
                _value.Clear();
                bool isMissing = column.IsNull(row) || (column.Codes is DictionaryValues { Values: var values } && values.IsNull(column.As<int>()[row]));
                if (isMissing)
                    Close(i);
                else
                {
                    ValueText.Append(_value, column, row);
                    AddField(_value.Written, i);
                }
            }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        _target.Write(_lines.Written);
        _lines.Clear();
        _target.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void AddField(ReadOnlySpan<byte> text, int place)
    {
        if (text.Length > 0 && text.IndexOfAny(",\"\r\n"u8) < 0 && text[0] != ' ' && text[^1] != ' ')
            _lines.Append(text);
        else
        {
            _lines.Append((byte)'"');
            foreach (byte character in text)
            {
                if (character == '"')
                    _lines.Append((byte)'"');
                _lines.Append(character);
            }
            _lines.Append((byte)'"');
        }
        Close(place);
    }

    private void Close(int place)
    {
        _lines.Append(place == _columns - 1 ? (byte)'\n' : (byte)',');
        if (_lines.Length < FlushAt)
            return;
        _target.Write(_lines.Written);
        _lines.Clear();
    }
}
