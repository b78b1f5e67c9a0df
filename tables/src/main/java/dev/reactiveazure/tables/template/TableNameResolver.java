package dev.reactiveazure.tables.template;

import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import reactor.util.context.ContextView;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.Environment;

/**
 * Says which table a class's entities are in, for each call anew: so that it may depend
 * on who calls.
 * <p>
 * Asked by the thread that subscribes, so it must not block. Names of tables take letters
 * and digits; what is returned otherwise fails the call before anything is sent.
 */
@FunctionalInterface
public interface TableNameResolver {

	/**
	 * Return the name of a class's table.
	 * @param entity the class; its {@link TablePersistentEntity#tableName()} is what
	 * annotation or naming strategy say
	 * @param context the caller's Reactor context
	 */
	String resolve(TablePersistentEntity<?> entity, ContextView context);

	/**
	 * Return the resolver that takes the name as it is.
	 */
	static TableNameResolver asMapped() {
		return (entity, context) -> entity.tableName();
	}

	/**
	 * Return the resolver that also evaluates names which are expressions or have
	 * placeholders: <code>${app.orders}</code> once, from the environment;
	 * <code>#{&#64;tenants.table('orders')}</code> with each call, with beans, and with
	 * {@code context} for the values of the caller's Reactor context:
	 * <code>#{context['tenant'] + 'orders'}</code>.
	 */
	static TableNameResolver evaluating(Environment environment, BeanFactory beans) {
		return new EvaluatedTableNames(environment, beans);
	}

	/**
	 * Return this resolver with text before each name.
	 */
	default TableNameResolver withPrefix(String prefix) {
		return (entity, context) -> prefix + resolve(entity, context);
	}

	/**
	 * Return this resolver with what the caller's Reactor context holds before each name,
	 * such as a tenant's id.
	 * @param key the context's key, of which the value's text is taken; a call without it
	 * fails, so that no tenant's data ends up with everybody's
	 */
	default TableNameResolver withTenant(Object key) {
		return (entity, context) -> {
			if (!context.hasKey(key)) {
				throw new IllegalStateException("The table of " + entity.getType().getSimpleName() + " depends on '"
						+ key + "', which the Reactor context of this call does not hold: "
						+ "set it with contextWrite");
			}
			return context.get(key).toString() + resolve(entity, context);
		};
	}

}
