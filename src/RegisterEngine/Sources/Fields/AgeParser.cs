using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads ages at the count and turns them into years of birth: year minus age.</summary>
/// <remarks>Runs after the year is there. The year of birth is one too late for those whose birthday lies between the count and the end of the year.</remarks>
internal sealed class AgeParser(BoundField field, byte quote) : IntegerParser(field, BatchColumn.BirthYear, quote, RegisterLimits.BirthYears)
{
    private protected override string Expected => "an age in whole years";

    private protected override string ExpectedBirth => "an age of 0 or more";

    private protected override void Finish(ParseContext context)
    {
        Span<int> values = context.Batch.Numbers(Target).Slice(context.At, context.Rows.Rows);
        Span<int> years = context.Batch.Numbers(BatchColumn.Year).Slice(context.At, values.Length);
        for (int row = 0; row < values.Length; row++)
            if (values[row] != RegisterBatch.MissingNumber)
                values[row] = years[row] - values[row];
        base.Finish(context);
    }
}
