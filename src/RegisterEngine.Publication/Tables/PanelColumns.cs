using RegisterEngine.Columns;
using RegisterEngine.Panel;

namespace RegisterEngine.Publication.Tables;

/// <summary>The panel as typed columns, shard by shard: for one thread, in memory that is used for one shard after the other.</summary>
/// <remarks>Texts are codes of dictionaries in the order of the texts, so that the same panel gives the same columns whatever thread saw a text first.</remarks>
public sealed class PanelColumns
{
    private static readonly string[] SexNames = ["male", "female", "other"];
    private static readonly string[] TransitionNames = ["unknown", "stay", "move-within-municipality", "move-between-municipalities", "leave-universe", "leave-register"];

    private readonly PanelTexts _texts;
    private readonly PanelShard _shard = new();
    private readonly byte[] _digits = new byte[PanelShard.LongestDigits];
    private readonly bool _codesPersons;
    private Column[] _columns = [];
    private readonly BatchSchema _schema;

    /// <param name="texts">Texts of the panel.</param>
    /// <param name="codesPersons">Whether keys of persons come as codes, of a dictionary of the shard, or as texts.</param>
    public PanelColumns(PanelTexts texts, bool codesPersons)
    {
        _texts = texts;
        _codesPersons = codesPersons;
        _schema = Schema(codesPersons);
    }

    /// <summary>Names and types: those of the panel as CSV, in its order.</summary>
    public static BatchSchema Schema(bool codesPersons)
    {
        ColumnType coded = ColumnType.Dictionary(ColumnType.Utf8);
        return new BatchSchema(
        [
            new("year", ColumnType.Int32, IsNullable: false),
            new("person", codesPersons ? coded : ColumnType.Utf8, IsNullable: false),
            new("birth_year", ColumnType.Int32),
            new("sex", coded),
            .. RegisterColumns.OfUnit.Concat(RegisterColumns.OfJob).Select(column => new Field(RegisterColumns.NameOf(column), coded)),
            new("position_size", ColumnType.Decimal(9, 2, sizeof(int))),
            new("start_date", ColumnType.Date32),
            new("pay", ColumnType.Decimal(18, 2, sizeof(long))),
            new("new_hire", ColumnType.Boolean),
            new("transition", coded, IsNullable: false),
        ]);
    }

    /// <summary>The person-years of a shard; good until the next is read.</summary>
    public ColumnBatch Read(PersonYears panel, int shard)
    {
        panel.Read(shard, _shard);
        ReadOnlySpan<PanelRow> rows = _shard.Rows;
        if (_columns.Length == 0 || _columns[0].Capacity < rows.Length)
            _columns = NewColumns(rows.Length);
        foreach (Column column in _columns)
            column.Clear();
        Numbers(rows);
        Persons(rows);
        int first = 4;
        foreach (int[] ranks in _texts.UnitRanks)
            Codes(_columns[first++], rows, ranks, isUnit: true);
        foreach (int[] ranks in _texts.JobRanks)
            Codes(_columns[first++], rows, ranks, isUnit: false);
        return new ColumnBatch(_schema, _columns, rows.Length);
    }

    private Column[] NewColumns(int capacity) => [.. _schema.Fields.Select(field => NewColumn(field, capacity))];

    private Column NewColumn(Field field, int capacity) => field.Name switch
    {
        "person" when _codesPersons => new Column(field, capacity, PanelTexts.Values([])),
        "sex" => new Column(field, capacity, PanelTexts.Values(SexNames)),
        "transition" => new Column(field, capacity, PanelTexts.Values(TransitionNames)),
        _ when field.Type.Kind == TypeKind.Dictionary => new Column(field, capacity, _texts.ValuesOf(field.Name)),
        _ => new Column(field, capacity),
    };

    private void Numbers(ReadOnlySpan<PanelRow> rows)
    {
        Column births = _columns[2], sexes = _columns[3], sizes = _columns[^5], starts = _columns[^4], pays = _columns[^3], hires = _columns[^2];
        Span<int> years = _columns[0].As<int>(), transitions = _columns[^1].As<int>();
        Span<int> birthYears = births.As<int>(), sexCodes = sexes.As<int>(), hundredths = sizes.As<int>(), days = starts.As<int>();
        Span<long> amounts = pays.As<long>();
        Span<byte> hired = hires.Values.Span;
        hired.Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            ref readonly PanelRow row = ref rows[i];
            years[i] = row.Year;
            transitions[i] = (int)row.Transition;
            Put(births, birthYears, i, row.BirthYear, row.BirthYear > 0);
            Put(sexes, sexCodes, i, (int)row.Sex - 1, row.Sex != Sex.Unknown);
            Put(sizes, hundredths, i, row.Size, row.Size >= 0);
            int? start = row.Start;
            Put(starts, days, i, start ?? 0, start is not null);
            long? pay = row.Pay;
            Put(pays, amounts, i, pay ?? 0, pay is not null);
            NewHire hire = row.NewHire;
            if (hire == NewHire.Yes)
                hired[i >> 3] |= (byte)(1 << (i & 7));
            else if (hire == NewHire.Unknown)
                hires.SetNull(i);
        }
    }

    private static void Put<T>(Column column, Span<T> values, int row, T value, bool isKnown)
        where T : unmanaged
    {
        values[row] = isKnown ? value : default;
        if (!isKnown)
            column.SetNull(row);
    }

    private static void Codes(Column column, ReadOnlySpan<PanelRow> rows, int[] ranks, bool isUnit)
    {
        Span<int> codes = column.As<int>();
        for (int i = 0; i < rows.Length; i++)
        {
            int rank = ranks[isUnit ? rows[i].Unit : rows[i].Job];
            codes[i] = Math.Max(0, rank);
            if (rank < 0)
                column.SetNull(i);
        }
    }

    // The rows of a person stand together.
    private void Persons(ReadOnlySpan<PanelRow> rows)
    {
        Column target = _codesPersons ? new Column(new Field("", ColumnType.Utf8), rows.Length) : _columns[1];
        Span<int> ends = target.As<int>()[1..];
        (int end, int count) = (0, 0);
        for (int i = 0; i < rows.Length; i++)
        {
            bool isNew = i == 0 || rows[i].Person != rows[i - 1].Person;
            if (isNew || !_codesPersons)
            {
                ReadOnlySpan<byte> key = _shard.KeyOf(rows[i].Person, _digits);
                target.ReserveData(end + key.Length);
                key.CopyTo(target.Data.Span[end..]);
                ends[count++] = end += key.Length;
            }
            if (_codesPersons)
                _columns[1].As<int>()[i] = count - 1;
        }
        if (_codesPersons)
            Recode(target, count);
    }

    private void Recode(Column persons, int count)
    {
        var coded = new Column(_columns[1].Field, _columns[1].Capacity, new DictionaryValues(persons, count));
        _columns[1].Values.CopyTo(coded.Values);
        _columns[1] = coded;
    }
}
