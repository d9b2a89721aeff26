using System.Collections;
using Compose.Errors;
using Compose.Plan;
using Compose.Tests.Plan;

namespace Compose.Tests.Conventions;

/// <summary>Other programs and scripts can read public objects, and only this module creates them.</summary>
public class PublicSurfaceTests
{
    [Fact]
    public void Only_the_module_makes_steps_of_a_plan_and_its_exceptions()
    {
        var offences =
            from type in typeof(PlanAction).Assembly.GetTypes()
            where type.IsPublic && (typeof(PlanAction).IsAssignableFrom(type) || typeof(ComposeException).IsAssignableFrom(type))
            where type.GetConstructors().Length > 0
            select type.FullName;

        Assert.Empty(offences);
    }

    [Fact]
    public void Requests_and_events_are_nobody_elses() => Assert.Empty(
        from type in typeof(PlanAction).Assembly.GetTypes()
        where type.IsPublic
            && (type.Namespace == "Compose.Events"
                || type.Name.EndsWith("Request", StringComparison.Ordinal)
                || type.Name == "LoadResult")
        select type.FullName);

    [Fact]
    public void A_plan_never_changes()
    {
        var plan = new Situation(
            "services: { web: { image: busybox, restart: always, depends_on: [db] }, db: { image: busybox } }").Up();
        var lists = typeof(ComposePlan).GetProperties().Select(property => property.GetValue(plan)).OfType<IList>();

        Assert.All(lists, list => Assert.True(list.IsReadOnly));
        Assert.All(plan.Actions.Select(action => action.After).OfType<IList>(), list => Assert.True(list.IsReadOnly));
        Assert.NotEmpty(plan.Actions);
    }
}
