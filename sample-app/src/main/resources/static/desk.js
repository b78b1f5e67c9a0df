// The live page of the order desk. Data of users goes into the page as text only (textContent), never as markup.

const MAX_CARDS = 200;
const STAGES = ["PLACED", "BILLED", "COUNTED"];
const lanes = { PLACED: document.getElementById("placed"), BILLED: document.getElementById("billed") };
const money = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const cards = new Map();

function element(name, className, text) {
	const created = document.createElement(name);
	created.className = className;
	created.textContent = text;
	return created;
}

function card(order) {
	const created = document.createElement("li");
	created.append(element("span", "customer", order.customer), element("span", "total", money.format(order.total)),
			element("span", "id", order.id));
	created.dataset.order = order.id;
	return { element: created, stage: -1 };
}

function move(order) {
	// Keys hold no slash, so this is unique.
	const key = `${order.customer}/${order.id}`;
	const known = cards.get(key) ?? card(order);
	const stage = STAGES.indexOf(order.stage);
	// After a reconnect, or when deliveries repeat, an older stage may come late.
	if (stage <= known.stage) {
		return;
	}
	const before = known.element.parentNode;
	const lane = order.stage === "PLACED" ? lanes.PLACED : lanes.BILLED;
	known.stage = stage;
	cards.set(key, known);
	if (before !== lane) {
		lane.prepend(known.element);
	}
	if (order.stage === "COUNTED") {
		refreshTotal(order.customer);
	}
	forgetOldest();
	count();
}

function forgetOldest() {
	if (cards.size > MAX_CARDS) {
		const [key, oldest] = cards.entries().next().value;
		oldest.element.remove();
		cards.delete(key);
	}
}

function count() {
	for (const lane of Object.values(lanes)) {
		lane.parentNode.querySelector(".count").textContent = lane.childElementCount;
	}
}

// Totals: one request a customer at a time, and at most two a second, however fast orders come.

const totals = new Map();
const waiting = new Set();
let fetching = false;

function refreshTotal(customer) {
	waiting.add(customer);
	if (!fetching) {
		fetching = true;
		setTimeout(fetchTotals, 250);
	}
}

async function fetchTotals() {
	for (const customer of [...waiting]) {
		waiting.delete(customer);
		try {
			const response = await fetch(`totals/${encodeURIComponent(customer)}`);
			if (response.ok) {
				showTotal(customer, await response.json());
			}
		}
		catch {
			// The next counted order asks again.
		}
	}
	fetching = waiting.size > 0;
	if (fetching) {
		setTimeout(fetchTotals, 500);
	}
}

function showTotal(customer, total) {
	let row = totals.get(customer);
	if (!row) {
		row = document.createElement("tr");
		row.dataset.customer = customer;
		row.append(element("td", "", customer), element("td", "number", ""), element("td", "number", ""));
		totals.set(customer, row);
		document.getElementById("totals").append(row);
	}
	row.children[1].textContent = total.orders;
	row.children[2].textContent = money.format(total.total);
}

// The feed. A browser comes again by itself after a lost connection, but not after an error answer.

function connect() {
	const connection = document.getElementById("connection");
	const show = (state, text) => {
		connection.dataset.state = state;
		connection.textContent = text;
	};
	const feed = new EventSource("live");
	feed.addEventListener("open", () => show("live", "live"));
	feed.addEventListener("order", (event) => move(JSON.parse(event.data)));
	feed.addEventListener("error", () => {
		show("lost", "connection lost, trying again");
		if (feed.readyState === EventSource.CLOSED) {
			setTimeout(connect, 2000);
		}
	});
}

// The form.

const form = document.getElementById("place");
const answer = document.getElementById("answer");

function tell(kind, text) {
	answer.dataset.kind = kind;
	answer.textContent = text;
}

form.addEventListener("submit", async (event) => {
	event.preventDefault();
	const { customer, total } = form.elements;
	const order = JSON.stringify({ customer: customer.value.trim(), total: total.value.trim().replace(",", ".") });
	const button = form.querySelector("button");
	button.disabled = true;
	try {
		const response = await fetch("orders",
				{ method: "POST", headers: { "Content-Type": "application/json" }, body: order });
		const body = await response.json();
		for (const field of [customer, total]) {
			field.setAttribute("aria-invalid", String(body.field === field.name));
		}
		tell(response.ok ? "done" : "error", response.ok ? `Placed ${body.id}` : body.detail ?? body.title);
	}
	catch {
		tell("error", "The order desk can't be reached. Is it running?");
	}
	finally {
		button.disabled = false;
	}
});

connect();
