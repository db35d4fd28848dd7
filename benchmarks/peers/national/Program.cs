using System.Buffers;
using System.Globalization;
using RegisterEngine;
using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Sources;

// The national job, as the peers do it: all years in; main jobs, new hires and transitions of every person-year; national turnover of main jobs of 60 % or more;
// counts by workplace, year, new hire, sex and age group; the panel held ready. Prints what the runner compares: the national table, then sums over the cells.
// With the word "needed" it reads the columns that the peers read, and the dates of start that its own rule of the main job needs; else all.
bool onlyNeeded = args.Length > 1 && args[1] == "needed";
string[] rest = args[(onlyNeeded ? 2 : Math.Min(args.Length, 1))..];
if (args.Length == 0 || rest.Length > 1)
{
    Console.Error.WriteLine("usage: national EXTRACTS [needed] [BYTES-OF-ROWS]");
    return 2;
}
var national = new CellPlan { Name = "national", By = [Dimension.Year, Dimension.NewHire], Sample = new Sample { MinimumSize = 6000 } };
var workplaces = new CellPlan { Name = "workplaces", By = [Dimension.Workplace, Dimension.Year, Dimension.NewHire, Dimension.Sex, Dimension.AgeGroup] };
using RunResult result = Pipeline.Run(new RunPlan
{
    Inputs = ExtractInputs.Find([args[0]]),
    Sources = onlyNeeded
        ? new SourceOptions { Without = [RegisterColumn.WorkplaceName, RegisterColumn.PositionName, RegisterColumn.EmploymentForm, RegisterColumn.Pay] }
        : new SourceOptions(),
    Tables = [national, workplaces],
    Ages = new AgeGroups([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]),
    Shards = rest.Length > 0 ? new ShardOptions { RowBudget = long.Parse(rest[0], CultureInfo.InvariantCulture) } : new ShardOptions(),
});
PrintNational(result.Tables[0]);
PrintSums(result.Tables[1]);
foreach (Stage stage in result.Stages)
    Console.Error.Write($"{stage.Name} {stage.Elapsed.TotalSeconds:0.000} ");
Console.Error.WriteLine();
return 0;

static void PrintNational(CellTable table)
{
    const int sums = 4;
    long[] years = new long[table.Dimensions[0].Labels.Count * sums];
    int[] counts = new int[CellCounts.Length];
    for (int cell = 0; cell < table.Count; cell++)
    {
        table.Counts(cell, counts);
        (long n, long exits, long moves) = Counts(counts);
        Span<long> year = years.AsSpan(table.Value(cell, 0) * sums, sums);
        year[0] += n;
        year[1] += exits;
        year[2] += moves;
        year[3] += table.Label(cell, 1) == "yes" ? n : 0;
    }
    for (int year = 0; year < table.Dimensions[0].Labels.Count; year++)
        Console.WriteLine($"{table.Dimensions[0].Labels[year]} {years[year * sums]} {years[(year * sums) + 1]} {years[(year * sums) + 2]} {years[(year * sums) + 3]}");
}

// Each count times a weight of its cell: equal sums mean equal cells.
static void PrintSums(CellTable table)
{
    long[] workplace = Weights(table, 0, label => long.Parse(label, CultureInfo.InvariantCulture) % 1_000_003);
    long[] year = Weights(table, 1, label => long.Parse(label, CultureInfo.InvariantCulture) - 1900);
    long[] newHire = Weights(table, 2, label => label switch { "yes" => 3, "no" => 2, _ => 1 });
    long[] sex = Weights(table, 3, label => label == "female" ? 2 : 1);
    long[] age = Weights(table, 4, label => long.Parse(label.Split('-', '+')[0], CultureInfo.InvariantCulture) / 10 + 1);
    const int pieces = 1024;
    long[] exitSums = new long[pieces], moveSums = new long[pieces], sums = new long[pieces];
    Workers.For(Environment.ProcessorCount, pieces, (piece, _) =>
    {
        int from = (int)((long)table.Count * piece / pieces), count = (int)((long)table.Count * (piece + 1) / pieces) - from;
        int[][] values = new int[table.Dimensions.Count][];
        for (int dimension = 0; dimension < values.Length; dimension++)
            values[dimension] = ArrayPool<int>.Shared.Rent(count);
        int[] counts = ArrayPool<int>.Shared.Rent(count * CellCounts.Length);
        table.Values(from, count, values);
        table.Counts(from, counts.AsSpan(0, count * CellCounts.Length));
        ReadOnlySpan<int> workplaces = values[0], years = values[1], newHires = values[2], sexes = values[3], ages = values[4];
        long sum = 0, exitSum = 0, moveSum = 0;
        for (int i = 0; i < count; i++)
        {
            (long n, long exits, long moves) = Counts(counts.AsSpan(i * CellCounts.Length, CellCounts.Length));
            long weight = workplace[workplaces[i]] * year[years[i]] * newHire[newHires[i]] * sex[sexes[i]] * age[ages[i]];
            sum += n * weight;
            exitSum += exits * weight;
            moveSum += moves * weight;
        }
        foreach (int[] array in values)
            ArrayPool<int>.Shared.Return(array);
        ArrayPool<int>.Shared.Return(counts);
        (sums[piece], exitSums[piece], moveSums[piece]) = (sum, exitSum, moveSum);
    });
    Console.WriteLine($"cells {table.Count} {Sum(sums)} {Sum(exitSums)} {Sum(moveSums)}");
}

static long[] Weights(CellTable table, int dimension, Func<string, long> weight)
{
    IReadOnlyList<string> labels = table.Dimensions[dimension].Labels;
    long[] weights = new long[labels.Count];
    for (int i = 0; i < weights.Length; i++)
        weights[i] = labels[i].Length == 0 ? 1 : weight(labels[i]);
    return weights;
}

static long Sum(long[] values)
{
    long sum = 0;
    foreach (long value in values)
        sum += value;
    return sum;
}

static (long N, long Exits, long Moves) Counts(ReadOnlySpan<int> counts)
{
    int exits = counts[(int)Transition.LeaveUniverse] + counts[(int)Transition.LeaveRegister];
    int moves = counts[(int)Transition.MoveWithinMunicipality] + counts[(int)Transition.MoveBetweenMunicipalities];
    return (counts[(int)Transition.Unknown] + counts[(int)Transition.Stay] + exits + moves, exits, moves);
}
