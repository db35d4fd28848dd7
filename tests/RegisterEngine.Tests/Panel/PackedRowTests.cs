using RegisterEngine.Columns;
using RegisterEngine.Panel;

namespace RegisterEngine.Tests.Panel;

/// <summary>Rows that are packed a column at a time, against rows made one by one.</summary>
public sealed class PackedRowTests
{
    private static readonly int[] Sizes = [RegisterBatch.MissingNumber, 0, 1, 6000, 10_000, RegisterLimits.LargestPositionSize];
    private static readonly int[] Births = [RegisterBatch.MissingNumber, RegisterLimits.BirthYears.From, 1986, RegisterLimits.BirthYears.To];
    private static readonly int[] Sexes = [RegisterBatch.MissingNumber, (int)Sex.Male, (int)Sex.Female];
    private static readonly int[] Starts = [RegisterBatch.MissingNumber, Day(RegisterLimits.StartYears.From, 1, 1), -1, 0, 20_000, Day(RegisterLimits.StartYears.To, 12, 31)];
    private static readonly long[] Pays = [RegisterBatch.MissingLong, 0, 1, 34_270_000, RegisterLimits.LargestPay];
    private static readonly int[] Origins = [0, 3, PanelRow.MostOrigins - 1];

    [Fact]
    public void A_packed_row_is_the_row_that_is_made_alone()
    {
        var random = new Random(11);
        for (int rows = 0; rows <= 100; rows++)
        {
            ColumnBatch batch = Batch(random, rows);
            int origin = Pick(random, Origins);
            ulong[] facts = [.. Enumerable.Repeat(ulong.MaxValue, rows)], pays = [.. facts];
            int[] places = [.. Enumerable.Range(0, rows).Select(row => (row * 37) % 128)];
            var store = new RowStore(long.MaxValue);
            _ = store.Rent();
            int block = store.Rent();

            PanelRow.Pack(batch, origin, facts, pays);
            var packed = new PackedRows
            {
                Facts = facts,
                Pays = pays,
                Persons = batch.Longs(BatchColumn.Person)[..rows],
                Units = batch.Numbers(BatchColumn.Unit)[..rows],
                Jobs = batch.Numbers(BatchColumn.Job)[..rows],
            };
            store.Write(packed[..(rows / 3)], [.. places[..(rows / 3)].Select(place => block + place)]);
            store.Write(packed[(rows / 3)..rows], [.. places[(rows / 3)..].Select(place => block + place)]);

            for (int row = 0; row < rows; row++)
                Assert.Equal(Alone(batch, row, origin), store.Rows(block)[places[row]]);
        }
    }

    private static ColumnBatch Batch(Random random, int rows)
    {
        ColumnBatch batch = RegisterBatch.Create(new RegisterBooks(), 100);
        batch.SetRows(rows);
        for (int row = 0; row < rows; row++)
        {
            batch.Numbers(BatchColumn.Year)[row] = random.Next(RegisterLimits.Years.From, RegisterLimits.Years.To + 1);
            batch.Longs(BatchColumn.Person)[row] = random.NextInt64(long.MinValue, long.MaxValue);
            batch.Numbers(BatchColumn.BirthYear)[row] = Pick(random, Births);
            batch.Numbers(BatchColumn.Sex)[row] = Pick(random, Sexes);
            batch.Numbers(BatchColumn.Unit)[row] = random.Next();
            batch.Numbers(BatchColumn.Job)[row] = random.Next();
            batch.Numbers(BatchColumn.PositionSize)[row] = Pick(random, Sizes);
            batch.Numbers(BatchColumn.StartDate)[row] = Pick(random, Starts);
            batch.Longs(BatchColumn.Pay)[row] = Pick(random, Pays);
        }
        return batch;
    }

    private static PanelRow Alone(ColumnBatch batch, int row, int origin)
    {
        var values = new EmploymentValues(
            batch.Numbers(BatchColumn.Year)[row], batch.Numbers(BatchColumn.BirthYear)[row], batch.Numbers(BatchColumn.Sex)[row],
            batch.Numbers(BatchColumn.PositionSize)[row], batch.Numbers(BatchColumn.StartDate)[row], batch.Longs(BatchColumn.Pay)[row]);
        return PanelRow.Employment(batch.Longs(BatchColumn.Person)[row], batch.Numbers(BatchColumn.Unit)[row], batch.Numbers(BatchColumn.Job)[row], values, origin);
    }

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];

    private static int Day(int year, int month, int day) => new DateOnly(year, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
}
