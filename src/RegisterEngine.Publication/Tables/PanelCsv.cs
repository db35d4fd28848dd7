using System.Buffers.Text;
using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Panel;

namespace RegisterEngine.Publication.Tables;

/// <summary>Writes the panel as CSV: UTF-8, comma, decimal point; a person-year a line, in the order of the panel.</summary>
public static class PanelCsv
{
    private const int LongestLine = 256;

    private static readonly byte[][] NewHires = [[], "no"u8.ToArray(), "yes"u8.ToArray()];
    private static readonly byte[][] Sexes = [[], "male"u8.ToArray(), "female"u8.ToArray(), "other"u8.ToArray()];

    private static readonly byte[][] Transitions =
    [
        "unknown"u8.ToArray(), "stay"u8.ToArray(), "move-within-municipality"u8.ToArray(), "move-between-municipalities"u8.ToArray(),
        "leave-universe"u8.ToArray(), "leave-register"u8.ToArray(),
    ];

    private static ReadOnlySpan<byte> Header =>
        "year,person,birth_year,sex,municipality,workplace,workplace_name,position_code,position_name,service_area,employment_form,position_size,start_date,pay,new_hire,transition\n"u8;

    /// <summary>Writes all person-years.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="target">Where to; stays open.</param>
    /// <param name="threads">How many threads make lines; they are written in the order of the panel.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public static void Write(PersonYears panel, Stream target, int threads, CancellationToken cancellation = default)
    {
        target.Write(Header);
        byte[][] units = Texts(panel.Codes, RegisterColumns.OfUnit);
        byte[][] jobs = Texts(panel.Codes, RegisterColumns.OfJob);
        // Some shards at a time are made side by side, then written in turn.
        var shards = new PanelShard[threads * 2];
        var lines = new byte[shards.Length][];
        int[] lengths = new int[shards.Length];
        for (int first = 0; first < PersonYears.ShardCount; first += shards.Length)
        {
            int count = Math.Min(shards.Length, PersonYears.ShardCount - first);
            int from = first;
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
            {
                shards[i] ??= new PanelShard();
                panel.Read(from + i, shards[i]);
                lengths[i] = Format(shards[i], units, jobs, ref lines[i]);
            });
            for (int i = 0; i < count; i++)
                target.Write(lines[i], 0, lengths[i]);
        }
    }

    private static int Format(PanelShard shard, byte[][] units, byte[][] jobs, ref byte[] lines)
    {
        lines ??= [];
        int at = 0;
        Span<byte> digits = stackalloc byte[PanelShard.LongestDigits];
        foreach (ref readonly PanelRow row in shard.Rows)
        {
            ReadOnlySpan<byte> person = shard.KeyOf(row.Person, digits);
            int needed = at + LongestLine + (2 * person.Length) + units[row.Unit].Length + jobs[row.Job].Length;
            if (needed > lines.Length)
                Array.Resize(ref lines, Math.Max(needed, lines.Length * 2));
            var line = new Line(lines.AsSpan(at));
            line.Add(row.Year);
            line.Add(row.Person >= 0 ? person : Quoted(person));
            line.AddUnless(row.BirthYear, 0);
            line.Add(Sexes[(int)row.Sex]);
            line.Add(units[row.Unit]);
            line.Add(jobs[row.Job]);
            line.AddHundredths(row.Size < 0 ? null : row.Size);
            line.Add(row.Start);
            line.AddHundredths(row.Pay);
            line.Add(NewHires[(int)row.NewHire]);
            line.Add(Transitions[(int)row.Transition]);
            at += line.End();
        }
        return at;
    }

    // The columns of each tuple, quoted where they must be and joined.
    private static byte[][] Texts(PanelCodes codes, IReadOnlyList<RegisterColumn> columns)
    {
        int[][] parts = [.. columns.Select(codes.Books.CodesOf)];
        return
        [
            .. Enumerable.Range(0, parts[0].Length).Select(tuple => Encoding.UTF8.GetBytes(string.Join(',', columns.Select((column, i) =>
                Encoding.UTF8.GetString(Quoted(codes.Books[column].Utf8(parts[i][tuple]))))))),
        ];
    }

    private static ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> text) => text.ContainsAny(",\"\r\n"u8)
        ? Encoding.UTF8.GetBytes($"\"{Encoding.UTF8.GetString(text).Replace("\"", "\"\"", StringComparison.Ordinal)}\"")
        : text;

    /// <summary>A line in the making: fields with commas between them.</summary>
    private ref struct Line(Span<byte> target)
    {
        private readonly Span<byte> _target = target;
        private int _at;

        public void Add(scoped ReadOnlySpan<byte> text)
        {
            text.CopyTo(_target[_at..]);
            Close(text.Length);
        }

        public void Add(int number)
        {
            Utf8Formatter.TryFormat(number, _target[_at..], out int length);
            Close(length);
        }

        public void AddUnless(int number, int missing)
        {
            if (number == missing)
                Close(0);
            else
                Add(number);
        }

        public void AddHundredths(long? hundredths)
        {
            if (hundredths is not { } number)
            {
                Close(0);
                return;
            }
            (long whole, long decimals) = Math.DivRem(number, 100);
            Utf8Formatter.TryFormat(whole, _target[_at..], out int length);
            _target[_at + length] = (byte)'.';
            Utf8Formatter.TryFormat(decimals, _target[(_at + length + 1)..], out _, new System.Buffers.StandardFormat('D', 2));
            Close(length + 3);
        }

        public void Add(int? days)
        {
            if (days is not { } number)
            {
                Close(0);
                return;
            }
            DateOnly date = DateOnly.FromDayNumber(number + new DateOnly(1970, 1, 1).DayNumber);
            date.TryFormat(_target[_at..], out int length, "yyyy-MM-dd");
            Close(length);
        }

        /// <summary>Ends the line, and tells how long it is.</summary>
        public readonly int End()
        {
            _target[_at - 1] = (byte)'\n';
            return _at;
        }

        private void Close(int length)
        {
            _target[_at + length] = (byte)',';
            _at += length + 1;
        }
    }
}
