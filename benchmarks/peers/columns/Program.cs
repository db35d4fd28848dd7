using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using RegisterEngine;
using RegisterEngine.Columns;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;

// What Parquet costs, without process start: 'sum FILE COLUMN...' decodes columns and adds them up; 'write EXTRACTS FILE' makes the panel and writes it.
// Prints the answer, then the best wall and processor seconds of some rounds.
const int threads = 2;
switch (args)
{
    case ["sum", var file, .. var columns]:
        Console.WriteLine(string.Join(' ', Sums(file, columns)));
        Best(5, () => Sums(file, columns));
        return 0;
    case ["write", var extracts, var target]:
        using (RunResult result = Pipeline.Run(new RunPlan { Inputs = ExtractInputs.Find([extracts]), Threads = threads }))
        {
            Console.WriteLine(result.Panel.Count);
            Best(3, () =>
            {
                using FileStream file = File.Create(target);
                PanelTable.Write(result.Panel, TableFileFormat.Parquet, file, threads);
            });
        }
        return 0;
    default:
        Console.Error.WriteLine("usage: columns sum FILE COLUMN...\n       columns write EXTRACTS FILE");
        return 2;
}

static long[] Sums(string file, string[] columns)
{
    long[] sums = new long[columns.Length];
    using ParquetTable table = ParquetTable.Open(file, new TableReadOptions { Columns = columns });
    Parallel.For(0, threads, _ =>
    {
        long[] mine = new long[columns.Length];
        using ITableReader reader = table.NewReader();
        while (reader.NextPiece())
            while (reader.Read() is { } batch)
                for (int i = 0; i < mine.Length; i++)
                    mine[i] += Sum(batch[i], batch.Rows);
        lock (sums)
            for (int i = 0; i < mine.Length; i++)
                sums[i] += mine[i];
    });
    return sums;
}

static long Sum(Column column, int rows) => column.Field.Type.Width switch
{
    2 => SumOf(column.As<short>()[..rows]),
    4 => SumOf(column.As<int>()[..rows]),
    16 => SumOf(column.As<Int128>()[..rows]),
    _ => SumOf(column.As<long>()[..rows]),
};

// Rows without a value hold zero.
static long SumOf<T>(ReadOnlySpan<T> values)
    where T : unmanaged, IBinaryInteger<T>
{
    long sum = 0;
    if (typeof(T) == typeof(long))
        return System.Numerics.Tensors.TensorPrimitives.Sum(MemoryMarshal.Cast<T, long>(values));
    foreach (T value in values)
        sum += long.CreateTruncating(value);
    return sum;
}

static void Best(int rounds, Action work)
{
    using var process = Process.GetCurrentProcess();
    double wall = double.MaxValue, processor = double.MaxValue;
    for (int i = 0; i < rounds; i++)
    {
        process.Refresh();
        TimeSpan before = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        work();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        wall = Math.Min(wall, seconds);
        processor = Math.Min(processor, (process.TotalProcessorTime - before).TotalSeconds);
    }
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seconds {wall} {processor}"));
}
