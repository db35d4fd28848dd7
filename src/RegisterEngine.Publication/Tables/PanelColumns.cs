using RegisterEngine.Columns;
using RegisterEngine.Panel;

namespace RegisterEngine.Publication.Tables;

/// <summary>The panel as typed columns, shard by shard: for one thread, in memory that is used for one shard after the other.</summary>
/// <remarks>Texts are codes of dictionaries in the order of the texts, so that the same panel gives the same columns whatever thread saw a text first.</remarks>
public sealed class PanelColumns
{
    private static readonly DictionaryValues Sexes = PanelTexts.Values(["male", "female", "other"]);
    private static readonly DictionaryValues Transitions =
        PanelTexts.Values(["unknown", "stay", "move-within-municipality", "move-between-municipalities", "leave-universe", "leave-register"]);

    // Of persons, before the first shard is read.
    private static readonly DictionaryValues Nobody = PanelTexts.Values([]);

    private readonly PanelTexts _texts;
    private readonly PanelShard _shard = new();
    private readonly byte[] _digits = new byte[PanelShard.LongestDigits];
    private readonly bool _codesPersons;

    // Where persons come as codes, what these mean.
    private Column _keys = NewKeys(0);
    private Column[] _columns = [];
    private int[] _units = [];
    private int[] _jobs = [];
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
        {
            _columns = NewColumns(rows.Length);
            _units = new int[rows.Length];
            _jobs = new int[rows.Length];
        }
        foreach (Column column in _columns)
            column.Clear();
        Numbers(rows);
        Persons(rows);
        int first = 4;
        foreach (int[] ranks in _texts.UnitRanks)
            Codes(_columns[first++], _units.AsSpan(0, rows.Length), ranks);
        foreach (int[] ranks in _texts.JobRanks)
            Codes(_columns[first++], _jobs.AsSpan(0, rows.Length), ranks);
        return new ColumnBatch(_schema, _columns, rows.Length);
    }

    private Column[] NewColumns(int capacity) => [.. _schema.Fields.Select(field => NewColumn(field, capacity))];

    private Column NewColumn(Field field, int capacity) => field.Name switch
    {
        "person" when _codesPersons => new Column(field, capacity, Nobody),
        "sex" => new Column(field, capacity, Sexes),
        "transition" => new Column(field, capacity, Transitions),
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
            _units[i] = row.Unit;
            _jobs[i] = row.Job;
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

    private static void Codes(Column column, ReadOnlySpan<int> of, int[] ranks)
    {
        Span<int> codes = column.As<int>()[..of.Length];
        int least = 0;
        for (int i = 0; i < codes.Length; i++)
        {
            int rank = ranks[of[i]];
            codes[i] = rank;
            least = Math.Min(least, rank);
        }
        if (least == 0)
            return;
        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i] >= 0)
                continue;
            codes[i] = 0;
            column.SetNull(i);
        }
    }

    // The rows of a person stand together, and all of them in one shard.
    private void Persons(ReadOnlySpan<PanelRow> rows)
    {
        if (_codesPersons && _keys.Capacity < rows.Length)
            _keys = NewKeys(rows.Length);
        Column target = _codesPersons ? _keys : _columns[1];
        Span<int> ends = target.As<int>()[1..];
        Span<int> codes = _codesPersons ? _columns[1].As<int>() : [];
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
                codes[i] = count - 1;
        }
        if (_codesPersons)
            _columns[1].UseCodes(new DictionaryValues(_keys, count) { AreDistinct = true });
    }

    private static Column NewKeys(int capacity) => new(new Field("", ColumnType.Utf8), capacity);
}
